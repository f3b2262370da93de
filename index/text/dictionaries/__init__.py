"""Translations of words between English and other languages, for keyword search."""
