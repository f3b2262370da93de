"""Other question answering programs side by side with this one."""
