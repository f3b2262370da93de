"""Readers of seed files, one module per kind; they yield drafts and records, never clean."""
