"""The annotated texts: contexts, questions, and how they are cut and split."""
