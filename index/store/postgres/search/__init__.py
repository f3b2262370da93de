"""Searching an archive in PostgreSQL: keywords by BM25, vectors exactly or by HNSW."""
