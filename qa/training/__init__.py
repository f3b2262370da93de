"""Training the reader: from question-answering data to the weights that are shipped."""
