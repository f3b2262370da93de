"""Turn retrieved passages into cited answers or refusals."""
