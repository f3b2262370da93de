"""Fit the reader's confidence and settings to questions whose answers are known."""
