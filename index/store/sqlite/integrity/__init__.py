"""Is a stored index whole, and rebuilding what can be derived: check and repair."""
