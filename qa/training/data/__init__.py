"""Training data: contexts, windows with and without answers, and the order of a run."""
