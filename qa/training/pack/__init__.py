"""The packed training data: all that a training run reads, in one file of numpy arrays."""
