"""The seam: what callers need of a store, and what every backend shares."""
