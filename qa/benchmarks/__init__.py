"""Measurements of the running chat; each prints a table with the hardware that it ran on."""
