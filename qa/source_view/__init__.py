"""The source of an article as it was: its file found again, and what a reader is shown of it."""
