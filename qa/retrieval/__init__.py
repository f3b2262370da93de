"""Rank the passages of a snapshot for a question."""
