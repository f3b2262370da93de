"""The commands: train the reader, calibrate its confidence."""
