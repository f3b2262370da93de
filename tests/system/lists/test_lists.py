"""The real reader over small archives with lists, and with what only looks like one.

`lists.jsonl` has 76 questions for several things in English and Chinese (60 in a sentence, in
bullets or in several articles, 8 apart in a sentence, 4 in a table, 4 behind a number) and 15 that
look alike and have one item or no answer. All were written before the code; every second one is
held out, and the rules were made on the others. All articles of a question are read.
`pytest -s tests/system/lists/test_lists.py` prints the table of `qa/benchmarks/README.md`.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from qa import Answer
from qa.answers.stages import best_answer
from qa.reader.reader import Reader
from qa.reader.span_rules import answer_key
from tests.support.hits import make_hit

Case = dict[str, Any]
PARTS = ("dev", "held-out")


def cases(part: str) -> list[Case]:
    lines = Path(__file__).with_name("lists.jsonl").read_text("utf-8").splitlines()
    return [case for case in map(json.loads, lines) if case["part"] == part]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def answered(reader: Reader, case: Case) -> Answer:
    hits = [make_hit(text, article_id=f"{n}.txt") for n, text in enumerate(case["articles"])]
    answer = best_answer(reader, case["question"], hits)
    for item in answer.items:
        article = case["articles"][int(item.citations[0].article_id.removesuffix(".txt"))]
        assert article[item.start : item.end] == item.text
    return answer


def right(found: Sequence[str], expected: Sequence[Sequence[str]]) -> int:
    """Return how many of the expected items, each in any of its forms, were found."""
    keys = {answer_key(text) for text in found}
    return sum(not keys.isdisjoint(map(answer_key, forms)) for forms in expected)


@pytest.mark.parametrize("part", PARTS)
def test_items_of_lists(reader: Reader, part: str) -> None:
    counts, exact, lists = [0, 0, 0], 0, [c for c in cases(part) if c["kind"] in ("list", "count")]
    for case in lists:
        answer = answered(reader, case)
        found = [item.text for item in answer.items] or [answer.text or ""]
        hits = right(found, case["items"])
        counts = [
            a + b for a, b in zip(counts, (hits, len(found), len(case["items"])), strict=True)
        ]
        whole = hits == len(found) == len(case["items"])
        exact += whole
        if not whole:
            print(f"  {case['id']}: {found}")
    precision, recall = counts[0] / counts[1], counts[0] / counts[2]
    f1 = 2 * precision * recall / (precision + recall)
    print(
        f"{part}: items: precision {precision:.1%}, recall {recall:.1%}, F1 {f1:.1%}; "
        f"whole lists {exact} of {len(lists)}"
    )
    assert f1 >= 0.8


@pytest.mark.parametrize("part", PARTS)
def test_what_only_looks_like_a_list_is_none(reader: Reader, part: str) -> None:
    alike = [case for case in cases(part) if case["kind"] not in ("list", "count")]
    wrong = 0
    for case in alike:
        answer = answered(reader, case)
        if answer.items:
            wrong += 1
            print(f"  {case['id']}: {[item.text for item in answer.items]}")
    print(f"{part}: look-alikes with a list: {wrong} of {len(alike)}")
    assert wrong <= 2
