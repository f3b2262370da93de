"""Benchmarks of question answering: `python -m qa.benchmarks.ROOM.NAME`, or `.peers`."""
