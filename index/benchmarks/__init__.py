"""Benchmarks of the index, one command each: `python -m index.benchmarks.NAME`."""
