"""The log of earlier versions in PostgreSQL: written by builds, read by snapshots."""
