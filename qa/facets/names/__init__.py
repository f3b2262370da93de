"""Finds the names in a text and tells people, places and organisations apart; knows no archive."""
