"""The words of the page: a file of phrases for each language, and the rules of CLDR."""
