"""Commands that look after an index: info, export, check, repair."""
