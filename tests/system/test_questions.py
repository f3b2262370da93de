"""The whole system with the real models: our own questions over the two real seeds.

`questions.jsonl` has the questions by kind ("zh to en": asked in Chinese, answered by an English
passage; "none": the archive does not hold the answer).
`pytest -s tests/system/test_questions.py` prints the quality table of the README.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from index import build
from qa import Answer, Archive, Hit
from qa.answers.near_duplicates import nearly_equal
from tests.support.fakes import ROOT
from tests.support.postgres import Server

LINES = Path(__file__).with_name("questions.jsonl").read_text("utf-8").splitlines()
QUESTIONS = [json.loads(line) for line in LINES]


@dataclass(frozen=True)
class Outcome:
    """One question, the passages found for it, and its answer."""

    about: dict[str, Any]
    hits: list[Hit]
    answer: Answer

    @property
    def rank(self) -> float:
        """The rank of the first passage with the evidence, from 1."""
        ranks = (i for i, h in enumerate(self.hits, 1) if self.about["evidence"] in h.passage.text)
        return next(ranks, float("inf"))

    @property
    def right_sentence(self) -> bool:
        sentence = self.answer.sentence or ""
        return self.answer.answered and any(a in sentence for a in self.expected)

    @property
    def right_text(self) -> bool:
        """Whether the short answer holds an expected one, or is part of one."""
        text = self.answer.text or ""
        return self.right_sentence and any(a in text or text in a for a in self.expected)

    @property
    def expected(self) -> list[str]:
        return list(self.about["answers"])


@pytest.fixture(scope="module")
def archive(real_index: Path) -> Archive:
    return Archive.open(real_index)


@pytest.fixture(scope="module")
def outcomes(archive: Archive) -> dict[str, list[Outcome]]:
    return asked(archive)


def asked(archive: Archive) -> dict[str, list[Outcome]]:
    """The outcomes of all questions by kind; prints the table."""
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    for about in QUESTIONS:
        question = about["question"]
        outcome = Outcome(about, archive.search(question, k=5), archive.answer(question))
        kinds[about["kind"]].append(outcome)
    print("\n| kind | questions | right passage first | in top 5 | right sentence | right text |")
    for kind, some in kinds.items():
        if kind == "none":
            refused = share(not one.answer.answered for one in some)
            print(f"| {kind} | {len(some)} | | | rightly refused: {refused:.0%} | |")
            continue
        figures = (
            share(one.rank <= 1 for one in some),
            share(one.rank <= 5 for one in some),
            share(one.right_sentence for one in some),
            share(one.right_text for one in some),
        )
        print(f"| {kind} | {len(some)} | " + " | ".join(f"{f:.0%}" for f in figures) + " |")
    return kinds


def share(flags: Iterator[bool]) -> float:
    values = list(flags)
    return sum(values) / len(values)


def answerable(outcomes: dict[str, list[Outcome]]) -> list[Outcome]:
    return [one for kind, found in outcomes.items() if kind != "none" for one in found]


def test_every_answer_and_citation_is_verbatim(
    archive: Archive, outcomes: dict[str, list[Outcome]]
) -> None:
    for one in (one for found in outcomes.values() for one in found):
        for answer in (one.answer, *one.answer.alternatives):
            for cited in answer.citations:
                text = archive.article(cited.article_id).text
                assert text[cited.start : cited.end] == cited.text
                for place in cited.also_in:
                    other = archive.article(place.article_id).text
                    there = other[place.start : place.end]
                    assert (there == cited.text) == place.verbatim
                    assert nearly_equal(there, cited.text)
            if answer.answered:
                text = archive.article(answer.citations[0].article_id).text
                assert text[answer.start : answer.end] == answer.text
                assert (answer.text or "") in (answer.sentence or "")
                assert answer.sentence == answer.citations[0].text


def test_no_furniture_is_ever_cited(outcomes: dict[str, list[Outcome]]) -> None:
    furniture = ("AI 生成", "由 AI", "cookie", "相关文章", "拒绝", "shake hands at Tokyo summit")
    for one in (one for found in outcomes.values() for one in found):
        for cited in one.answer.citations:
            assert not any(words in cited.text for words in furniture)


# Thresholds a little under the measured figures (see the README), to catch regressions.


def test_the_right_passage_is_found(outcomes: dict[str, list[Outcome]]) -> None:
    assert share(one.rank <= 5 for one in answerable(outcomes)) >= 0.9
    for kind, least in (("en", 0.95), ("zh", 0.95), ("zh to en", 0.85), ("en to zh", 0.85)):
        assert share(one.rank <= 5 for one in outcomes[kind]) >= least, kind


def test_the_right_sentence_answers_in_the_language_of_the_question(
    outcomes: dict[str, list[Outcome]],
) -> None:
    for kind in ("en", "zh"):
        assert share(one.right_sentence for one in outcomes[kind]) >= 0.85, kind
        assert share(one.right_text for one in outcomes[kind]) >= 0.75, kind


def test_a_question_that_the_archive_does_not_answer_is_refused(
    outcomes: dict[str, list[Outcome]],
) -> None:
    assert share(not one.answer.answered for one in outcomes["none"]) >= 0.9


@pytest.mark.slow
def test_the_fast_reader_answers_and_refuses_most_questions_rightly(real_index: Path) -> None:
    outcomes = asked(Archive.open(real_index, reader="fast"))
    assert share(one.right_text for one in answerable(outcomes)) >= 0.7
    assert share(not one.answer.answered for one in outcomes["none"]) >= 0.8


@pytest.fixture(scope="module")
def database(server: Server) -> Archive:
    """The same seeds in PostgreSQL."""
    address = f"{server.address()}?archive=questions"
    build(ROOT / "seeds", address)
    return Archive.open(address)


def but_figures(answer: Answer) -> Answer:
    others = tuple(map(but_figures, answer.alternatives))
    return replace(answer, confidence=0.0, seconds=0.0, alternatives=others)


@pytest.mark.slow
@pytest.mark.parametrize("question", [about["question"] for about in QUESTIONS])
def test_a_database_gives_the_same_answer(
    archive: Archive, database: Archive, question: str
) -> None:
    folder, other = archive.answer(question), database.answer(question)
    assert but_figures(other) == but_figures(folder)
    confidences = [[a.confidence, *(b.confidence for b in a.alternatives)] for a in (folder, other)]
    assert confidences[1] == pytest.approx(confidences[0], abs=1e-3)
