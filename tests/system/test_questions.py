"""The whole system with the real models: our own questions over the two real seeds.

`questions.jsonl` has the questions by kind ("zh to en": asked in Chinese, answered by an English
passage; "none": the archive does not hold the answer).
`pytest -s tests/system/test_questions.py` prints the quality table of the README.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from qa import Answer, Archive, Hit
from qa.answers.near_duplicates import nearly_equal

LINES = Path(__file__).with_name("questions.jsonl").read_text("utf-8").splitlines()
QUESTIONS = [json.loads(line) for line in LINES]


@dataclass(frozen=True)
class Asked:
    """One question with what the system found and said."""

    about: dict[str, object]
    hits: list[Hit]
    answer: Answer

    @property
    def rank(self) -> float:
        """Where the first passage with the evidence stands, from 1."""
        holds = (i for i, h in enumerate(self.hits, 1) if self.about["evidence"] in h.passage.text)
        return next(holds, float("inf"))

    @property
    def right_sentence(self) -> bool:
        return self.answer.answered and any(a in self.answer.sentence for a in self.expected)

    @property
    def right_text(self) -> bool:
        """The short answer is one that was expected, give or take what belongs to it."""
        text = self.answer.text or ""
        return self.right_sentence and any(a in text or text in a for a in self.expected)

    @property
    def expected(self) -> list[str]:
        return self.about["answers"]


@pytest.fixture(scope="module")
def archive(real_index: Path) -> Archive:
    return Archive.open(real_index)


@pytest.fixture(scope="module")
def asked(archive: Archive) -> dict[str, list[Asked]]:
    kinds: dict[str, list[Asked]] = defaultdict(list)
    for about in QUESTIONS:
        question = about["question"]
        one = Asked(about, archive.search(question, k=5), archive.answer(question))
        kinds[about["kind"]].append(one)
    print("\n| kind | questions | right passage first | in top 5 | right sentence | right text |")
    for kind, found in kinds.items():
        if kind == "none":
            refused = share(not one.answer.answered for one in found)
            print(f"| {kind} | {len(found)} | | | rightly refused: {refused:.0%} | |")
            continue
        figures = (
            share(one.rank <= 1 for one in found),
            share(one.rank <= 5 for one in found),
            share(one.right_sentence for one in found),
            share(one.right_text for one in found),
        )
        print(f"| {kind} | {len(found)} | " + " | ".join(f"{f:.0%}" for f in figures) + " |")
    return kinds


def share(flags: Iterator[bool]) -> float:
    found = list(flags)
    return sum(found) / len(found)


def answerable(asked: dict[str, list[Asked]]) -> list[Asked]:
    return [one for kind, found in asked.items() if kind != "none" for one in found]


def test_every_answer_and_citation_is_verbatim(
    archive: Archive, asked: dict[str, list[Asked]]
) -> None:
    for one in (one for found in asked.values() for one in found):
        for said in (one.answer, *one.answer.alternatives):
            for cited in said.citations:
                text = archive.article(cited.article_id).text
                assert text[cited.start : cited.end] == cited.text
                for place in cited.also_in:
                    other = archive.article(place.article_id).text
                    there = other[place.start : place.end]
                    assert (there == cited.text) == place.verbatim
                    assert nearly_equal(there, cited.text)
            if said.answered:
                home = archive.article(said.citations[0].article_id).text
                assert home[said.start : said.end] == said.text
                assert said.text in said.sentence
                assert said.sentence == said.citations[0].text


def test_no_furniture_is_ever_cited(asked: dict[str, list[Asked]]) -> None:
    furniture = ("AI 生成", "由 AI", "cookie", "相关文章", "拒绝", "shake hands at Tokyo summit")
    for one in (one for found in asked.values() for one in found):
        for cited in one.answer.citations:
            assert not any(words in cited.text for words in furniture)


# Floors a little under what was measured, so that a step back is seen; the README has the figures.


def test_the_right_passage_is_found(asked: dict[str, list[Asked]]) -> None:
    assert share(one.rank <= 5 for one in answerable(asked)) >= 0.9
    for kind in ("en", "zh", "zh to en"):
        assert share(one.rank <= 5 for one in asked[kind]) >= 0.95, kind


def test_the_right_sentence_answers_in_the_language_of_the_question(
    asked: dict[str, list[Asked]],
) -> None:
    for kind in ("en", "zh"):
        assert share(one.right_sentence for one in asked[kind]) >= 0.85, kind
        assert share(one.right_text for one in asked[kind]) >= 0.75, kind


def test_what_the_archive_does_not_hold_is_refused(asked: dict[str, list[Asked]]) -> None:
    assert share(not one.answer.answered for one in asked["none"]) >= 0.9
