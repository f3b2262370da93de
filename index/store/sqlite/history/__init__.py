"""The log of earlier versions in SQLite: written by builds, read by snapshots."""
