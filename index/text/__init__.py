"""What a text is: its control characters, language, scripts and keyword terms."""
