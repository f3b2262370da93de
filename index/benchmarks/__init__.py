"""Measurements of the index, repeatable by one command each: `python -m index.benchmarks.NAME`."""
