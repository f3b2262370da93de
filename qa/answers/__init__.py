"""Spans -> answers: cited, without repeats."""
