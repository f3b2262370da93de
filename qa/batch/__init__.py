"""Many questions at once: in Python, and from a table into a table."""
