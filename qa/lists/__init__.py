"""The items of a list: the form of its question, enumerations, bullets and tables in texts."""
