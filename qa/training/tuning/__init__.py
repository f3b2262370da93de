"""Tuning the passage encoder: questions near to the passages that answer them."""
