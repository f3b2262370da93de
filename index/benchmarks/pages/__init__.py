"""How much of generated web pages is read: known articles amid known furniture."""
