"""Where the time of a question goes, and how it grows with the archive."""
