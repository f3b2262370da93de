"""Vector indexes of FAISS: exact, or product-quantised for large archives."""
