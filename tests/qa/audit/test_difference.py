"""Differences between two texts, by words, or by characters where words are not spaced."""

import random

from qa.audit.difference import as_text, difference


def test_words_are_compared_whole() -> None:
    assert as_text(difference("She paid 312 euros.", "She paid 3120 euros today.")) == (
        "She paid [-312-]{+3120+} euros{+ today+}."
    )


def test_chinese_is_compared_by_characters() -> None:
    assert as_text(difference("他载了三百人。", "他载了四百人。")) == "他载了[-三-]{+四+}百人。"


def test_equal_texts_do_not_differ() -> None:
    assert as_text(difference("Fog.\n\nRain.", "Fog.\n\nRain.")) == "Fog. Rain."
    assert difference("", "") == []


def test_both_texts_can_be_put_together_again() -> None:
    rng = random.Random(3)
    for _ in range(50):
        old, new = ("".join(rng.choices("ab 雾1.\n", k=rng.randrange(40))) for _ in range(2))
        pieces = difference(old, new)
        assert "".join(text for kind, text in pieces if kind != "added") == old
        assert "".join(text for kind, text in pieces if kind != "removed") == new
