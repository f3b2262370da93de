"""The numbers that word processors put before the items of lists and before headings."""
