"""Readers of rich text: RTF."""
