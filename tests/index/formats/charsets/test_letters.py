"""The tables of letters are consistent."""

import pytest

from index.formats.charsets.letters import (
    ALPHABETS,
    FREQUENT_HANGUL,
    FREQUENT_KANJI,
    FREQUENT_LETTERS,
    frequent_hanzi,
)


@pytest.mark.parametrize("language", sorted(ALPHABETS))
def test_alphabets_are_letters_in_lower_case_outside_of_ascii(language: str) -> None:
    for letter in ALPHABETS[language]:
        assert not letter.isascii()
        assert letter == letter.lower()


def test_frequent_characters_are_of_their_script() -> None:
    assert all("\uac00" <= c <= "\ud7a3" for c in FREQUENT_HANGUL)
    assert all("\u4e00" <= c <= "\u9fff" for c in FREQUENT_KANJI)
    assert {"国", "國", "说", "說"} <= frequent_hanzi()
    assert all(
        c.isalpha() or "\u0e30" <= c <= "\u0e4e" for s in FREQUENT_LETTERS.values() for c in s
    )
