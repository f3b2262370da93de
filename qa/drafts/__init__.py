"""Hold a draft against the archive: its quotations, numbers, dates and names."""
