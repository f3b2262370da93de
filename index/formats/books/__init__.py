"""Readers of books: EPUB."""
