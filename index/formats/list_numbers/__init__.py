"""The numbers that programs show before the items of lists and before headings."""
