"""Tell yes/no questions, and how much of one a sentence holds."""
