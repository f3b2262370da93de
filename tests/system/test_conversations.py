"""Follow-up questions with the real models: our own conversations over the two real seeds.

`conversations.jsonl` has turns with their right answers ([]: the archive does not hold one).
`pytest -s tests/system/test_conversations.py` prints how many of the questions after the first
turn out right when each stands alone, and when it is understood from the turn before.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qa import Answer, Archive

LINES = Path(__file__).with_name("conversations.jsonl").read_text("utf-8").splitlines()
CONVERSATIONS = [json.loads(line) for line in LINES]
Figures = dict[tuple[str, bool], int]


@pytest.fixture(scope="module")
def right(real_index: Path) -> Figures:
    """How many later questions are answered right, by kind and with or without the history."""
    archive = Archive.open(real_index)
    counts: Counter[tuple[str, bool]] = Counter()
    for talk in CONVERSATIONS:
        for remembered in (False, True):
            for turn, answer in replies(archive, talk["turns"], remembered):
                good = is_right(answer, turn["answers"])
                counts[talk["kind"], remembered] += good
                counts["all", remembered] += good
                if remembered and not good:
                    got = (answer.text, answer.understood)
                    print(f"wrong: {turn['question']} -> {got}, not {turn['answers']}")
    print("\n| kind | questions | right alone | right in the conversation |")
    for kind in ("ellipsis", "pronoun", "about", "new topic", "all"):
        alone, together = counts[kind, False], counts[kind, True]
        print(f"| {kind} | {count_later_questions(kind)} | {alone} | {together} |")
    return counts


def replies(
    archive: Archive, turns: list[dict[str, Any]], remembered: bool
) -> Iterator[tuple[dict[str, Any], Answer]]:
    """Yield the turns after the first with their answers."""
    history: list[Answer] = []
    for turn in turns:
        answer = archive.answer(turn["question"], history if remembered else ())
        if history:
            yield turn, answer
        history.append(answer)


def is_right(answer: Answer, expected: list[str]) -> bool:
    if not expected or not answer.answered:
        return not expected and not answer.answered
    text = answer.text or ""
    return any(e in text or text in e for e in expected)


def count_later_questions(kind: str) -> int:
    """How many questions of a kind come after the first of their conversation."""
    return sum(len(t["turns"]) - 1 for t in CONVERSATIONS if kind in ("all", t["kind"]))


def test_there_are_enough_conversations_of_two_and_three_turns() -> None:
    assert len(CONVERSATIONS) >= 30
    assert {len(talk["turns"]) for talk in CONVERSATIONS} == {2, 3}


# measured: 7 of 11, 17 of 19, 8 of 8; another reader's weights may do a little worse
@pytest.mark.parametrize(("kind", "least"), [("ellipsis", 0.4), ("pronoun", 0.6), ("about", 0.6)])
def test_follow_ups_are_understood(right: Figures, kind: str, least: float) -> None:
    assert right[kind, True] >= least * count_later_questions(kind)


def test_the_history_helps(right: Figures) -> None:
    assert right["all", True] > right["all", False]


def test_a_new_topic_is_answered_as_well_as_alone(right: Figures) -> None:
    assert right["new topic", True] >= right["new topic", False]
