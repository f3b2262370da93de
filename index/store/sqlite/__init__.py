"""The store in a folder: SQLite for everything, FAISS derived from it."""
