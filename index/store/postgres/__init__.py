"""The store in a PostgreSQL database: tables in a schema of its own, vectors by pgvector."""
