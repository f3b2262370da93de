"""Follow-up questions rewritten as self-contained ones, by rules."""
