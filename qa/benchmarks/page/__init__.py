"""The chat page under load, and how fast it starts."""
