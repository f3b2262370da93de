"""The real reader over small sets of articles that agree, differ, or only look alike.

`agreement.jsonl` has 180 questions, `timelines.jsonl` 40, each with articles of its own, written
for this purpose. Half of the events, with all of their questions, are held out: the rules were made
on the others. All articles of a question are read; finding them is not tested here.
`pytest -s tests/system/agreement/test_agreement.py` prints the tables of `qa/benchmarks/README.md`.
"""

import datetime
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qa.answers.stages import answers_over_time, best_answer
from qa.reader.reader import Reader
from qa.retrieval.retriever import Hit
from tests.support.hits import make_hit

Case = dict[str, Any]
PARTS = ("dev", "held-out")


def cases(name: str, part: str) -> list[Case]:
    lines = Path(__file__).with_name(f"{name}.jsonl").read_text("utf-8").splitlines()
    return [case for case in map(json.loads, lines) if case["part"] == part]


def hits(case: Case) -> list[Hit]:
    """Every article as a hit, as if each were a single passage, equally relevant."""
    made = []
    for number, about in enumerate(case["articles"]):
        hit = make_hit(about["text"], article_id=f"{number}.txt")
        day = datetime.date.fromisoformat(about["date"])
        made.append(replace(hit, article=replace(hit.article, date=day)))
    return made


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


@pytest.mark.parametrize("part", PARTS)
def test_what_differs_is_said_to_differ_and_nothing_else(reader: Reader, part: str) -> None:
    said: Counter[tuple[str, bool]] = Counter()
    together = 0
    for case in cases("agreement", part):
        answer = best_answer(reader, case["question"], hits(case))
        said[case["kind"], answer.differs] += 1
        in_group = max((len(group.citations) for group in answer.groups), default=0)
        all_in_one = in_group == len(case["articles"])
        together += case["kind"] == "agree" and all_in_one
        wrong_kind = answer.differs != (case["kind"] == "differ")
        if wrong_kind or (case["kind"] == "agree" and not all_in_one):
            print(f"  {case['id']}: {[(g.value, len(g.citations)) for g in answer.groups]}")
    right, missed = said["differ", True], said["differ", False]
    wrong = said["agree", True] + said["alike", True]
    print(
        f"{part}: differ: precision {right} of {right + wrong}, "
        f"recall {right} of {right + missed}; "
        f"all articles that agree in one group: {together} of {said['agree', False]}"
    )
    assert wrong <= 1
    assert right >= 0.7 * (right + missed)


@pytest.mark.parametrize("part", PARTS)
def test_timelines(reader: Reader, part: str) -> None:
    right, all_cases = 0, cases("timelines", part)
    for case in all_cases:
        entries = answers_over_time(reader, case["question"], hits(case))
        found = [(e.value, str(e.first), str(e.last)) for e in entries]
        if as_expected(found, case["expected"]):
            right += 1
        else:
            print(f"  {case['id']}: {found}")
    print(f"{part}: timelines: {right} of {len(all_cases)}")
    assert right >= 0.7 * len(all_cases)


def as_expected(found: Sequence[tuple[str, str, str]], expected: Sequence[Case]) -> bool:
    """Return whether the values and days are those expected, in order."""
    return len(found) == len(expected) and all(
        any(word in value or value in word for word in wanted["values"])
        and (first, last) == (wanted["first"], wanted["last"])
        for (value, first, last), wanted in zip(found, expected, strict=True)
    )
