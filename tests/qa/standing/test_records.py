"""What is kept of answers, and whether one state of an index follows another."""

import json

from qa.standing.records import KnownAnswer, Seen
from tests.support.chats import SENTENCE, answer, citation


def test_an_answer_is_read_back_from_json() -> None:
    known = KnownAnswer.of(answer("Ann Lee", citation(SENTENCE)))
    assert (known.text, known.sentence, known.confidence) == ("Ann Lee", SENTENCE, 0.9)
    assert known.source is not None
    assert (known.source.day, known.source.place) == ("2025-01-02", "a.txt")
    assert KnownAnswer.from_dict(json.loads(json.dumps(known.as_dict()))) == known


def test_of_a_refusal_nothing_but_that_is_kept() -> None:
    assert KnownAnswer.of(answer(None, citation(SENTENCE))) == KnownAnswer(None)
    assert KnownAnswer(None).source is None


def test_a_later_state_of_the_same_index_follows() -> None:
    assert Seen("a", 3, "x", 9).precedes(Seen("a", 4, "y", 12))
    assert Seen("a", 3, "x", 9).precedes(Seen("a", 3, "x", 9))
    assert Seen("", 3, "x", 9).precedes(Seen("", 4, "y", 12)), "of an earlier version"


def test_an_index_that_was_built_from_scratch_does_not_follow() -> None:
    assert not Seen("a", 1, "x", 1).precedes(Seen("b", 2, "y", 2))
    assert not Seen("", 3, "x", 9).precedes(Seen("", 2, "y", 12))
    assert not Seen("", 3, "x", 9).precedes(Seen("", 3, "y", 12))
    assert not Seen("a", 3, "x", 9).precedes(Seen("a", 4, "y", 8)), "a backup that was built on"
    assert not Seen().precedes(Seen("", 1, "x", 1)), "it was never asked"
