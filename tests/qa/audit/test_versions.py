"""Differences of whole articles: what changed and its surroundings, bounded in time and length."""

import time

import pytest

from qa.audit.difference import as_text
from qa.audit.versions import MAX_CHANGED, MAX_COMPARED, version_difference
from tests.support.written import article

FILLER = "Fog lay on the harbour. " * 9


def shown(old: str, new: str, language: str = "en") -> str:
    one, two = (article("a", text, language=language) for text in (old, new))
    pieces = version_difference(one, two)
    assert pieces is not None
    return as_text(pieces)


def test_only_what_changed_is_shown_with_a_sentence_before_and_after() -> None:
    old = f"{FILLER}Ships came. It cost 3 euros. All left. {FILLER}"
    new = f"{FILLER}Ships came. It cost 4 euros. All left. {FILLER}"
    assert shown(old, new) == "… Ships came. It cost [-3-]{+4+} euros. All left. …"


def test_added_and_removed_sentences_are_whole() -> None:
    assert shown("One. Two. Four.", "One. Two. Three. Four.") == "… Two. {+Three. +}Four."
    assert shown("One. Two. Four.", "One. Four.") == "One. [-Two. -]Four."
    assert shown("", "One.") == "{+One.+}"


def test_distant_changes_have_a_gap_between_them() -> None:
    middle = "One came. Two came. Three came. Four came."
    found = shown(f"A 1. {middle} B 2.", f"A 3. {middle} B 4.")
    assert found == "A [-1-]{+3+}. One came. … Four came. B [-2-]{+4+}."


def test_chinese_is_compared_by_character() -> None:
    assert shown("船来了。花了三元。", "船来了。花了四元。", "zh") == "船来了。花了[-三-]{+四+}元。"


def test_other_spacing_is_no_change() -> None:
    assert "[-" not in shown("One. Two.\n\nThree.", "One.  Two. Three.")


def test_texts_that_are_too_long_are_not_compared() -> None:
    one = article("a", "x" * (MAX_COMPARED + 1))
    assert version_difference(one, article("a", "y")) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a. " * 60_000, "b. " * 60_000),
        ("a. b. " * 30_000, "b. a. " * 30_000),
        ("a b " * 25_000, "b a " * 25_000),
        ("".join(f"N{n}. " for n in range(30_000)), "".join(f"M{n}. " for n in range(30_000))),
        ("\0\u202e<b>" * 20_000, "</b>" * 40_000),
    ],
)
def test_hostile_texts_are_compared_in_bounded_time(old: str, new: str) -> None:
    one, two = article("a", old[:MAX_COMPARED]), article("a", new[:MAX_COMPARED])
    started = time.thread_time()
    pieces = version_difference(one, two)
    assert time.thread_time() - started < 30
    assert pieces is not None
    assert sum(len(piece.text) for piece in pieces) <= MAX_CHANGED + 10
