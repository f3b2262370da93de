"""Other wordings of a question: careless, in another language, or no longer answerable."""
