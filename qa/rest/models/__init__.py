"""What requests and responses hold: typed, bounded, and with examples for the document."""
