"""Tell yes/no questions, and whether a sentence supports or denies what one asks."""
