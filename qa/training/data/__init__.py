"""Training data: windows with and without answers, and the order of a run."""
