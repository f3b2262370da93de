"""Measuring answers against question sets whose answers are known."""
