"""Training the reader, from question-answering data to the shipped weights."""
