"""Texts that are nearly the same are found, and those that only look alike are not."""

import json
from pathlib import Path

import pytest

from index.passage import Passage
from qa.duplicates import near_sentence, nearly_equal

# written for this test: one report as two papers print it, and reports that resemble each other
PAIRS = [
    json.loads(line)
    for line in Path(__file__).with_name("reprints.jsonl").read_text("utf-8").splitlines()
]
SAME, OTHER = ([(p["one"], p["other"]) for p in PAIRS if p["same"] == same] for same in (1, 0))


def test_most_rewritten_sentences_are_found() -> None:
    found = sum(nearly_equal(one, other) for one, other in SAME)
    assert found >= 8, f"{found} of {len(SAME)}"


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_numbers_words_and_denials_are_not_the_same(one: str, other: str) -> None:
    assert not nearly_equal(one, other)


@pytest.mark.parametrize(("one", "other"), [("", ""), ("a", "a"), ("ab", "ab."), ("他", "他。")])
def test_short_texts(one: str, other: str) -> None:
    assert nearly_equal(one, other)
    assert not nearly_equal(one, "something else")


def test_the_sentence_must_hold_the_answer_too() -> None:
    text = "It rained. Mayor Ilse Brandt opened the new line Friday. She cut a ribbon."
    passage = Passage("a", 0, len(text), text, "body", "en", None)
    asked = "Mayor Ilse Brandt opened the new line on Friday."
    assert near_sentence(passage, asked, "Ilse Brandt") == (11, 56)
    assert near_sentence(passage, asked, "on Friday") is None
    assert near_sentence(passage, "It snowed on Monday.", "It") is None
