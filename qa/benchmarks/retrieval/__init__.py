"""Whether the right passage is found."""
