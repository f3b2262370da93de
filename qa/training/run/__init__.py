"""The commands: train the reader, and check a pack."""
