"""What the panel beside the chat shows: a cited article, a permalink, answers over time."""
