"""The lists of words."""

import regex

from qa.facets.names.words import ORGANISATIONS, PLACES, choice, listed


def test_lists_hold_words_and_choices_are_patterns() -> None:
    assert {"Mr", "President"} <= listed("latin", "titles")
    assert "\n" not in choice("latin", "companies")
    assert regex.fullmatch(choice("east_asian", "title_after"), "首相")


def test_keys_are_in_lower_case() -> None:
    assert all(key == key.casefold() for key in ORGANISATIONS.values())
    assert all(PLACES.values())
