"""Checking and repairing an archive in PostgreSQL."""
