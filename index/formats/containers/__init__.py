"""Readers of files that hold other files."""
