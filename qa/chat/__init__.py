"""The chat without its server: one turn, how it looks, and how it is exported."""
