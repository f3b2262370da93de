"""Ranks of the relevant passage, and their table."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index import build
from qa.benchmarks.retrieval.questions import load_questions, write_seeds
from qa.benchmarks.retrieval.ranking import (
    METHODS,
    CachingEncoder,
    QuestionRanks,
    format_table,
    group_ranks,
    rank_questions,
)
from tests.support.fakes import FakeEncoder


def test_the_relevant_passage_is_ranked_by_every_method(
    towns: Path, tmp_path: Path, encoder: FakeEncoder
) -> None:
    write_seeds(towns, tmp_path / "seeds")
    build(tmp_path / "seeds", tmp_path / "index", encoder=encoder)
    results = rank_questions(tmp_path / "index", encoder, load_questions(towns))
    assert [set(r.ranks) for r in results] == [set(METHODS)] * 5
    assert [r.ranks["keywords"] for r in results] == [1] * 5
    assert results[0].kinds == ("name", "rare word")
    (dense, *_) = rank_questions(tmp_path / "index", encoder, load_questions(towns), ["dense"])
    assert list(dense.ranks) == ["dense"]


def test_figures_are_recall_in_percent_and_mean_reciprocal_rank() -> None:
    ranks = [1.0, 4.0, float("inf"), float("inf")]
    results = [QuestionRanks("a", (), dict.fromkeys(METHODS, r)) for r in ranks]
    row = format_table("x", group_ranks(results)).splitlines()[1]
    assert row.split()[:6] == ["a", "4", "25.0", "50.0", "50.0", "0.312"]


def test_a_question_of_several_kinds_is_in_several_groups() -> None:
    result = QuestionRanks("a", ("name", "number"), dict.fromkeys(METHODS, 1.0))
    plain = QuestionRanks("b", (), dict.fromkeys(METHODS, 1.0))
    assert list(group_ranks([result, plain])) == ["a", "b"]
    assert list(group_ranks([result, plain], by_kind=True)) == ["a, name", "a, number"]


class CountingEncoder(FakeEncoder):
    """Counts the questions that it embeds."""

    asked = 0

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += len(texts)
        return super().queries(texts)


def test_a_question_is_embedded_once() -> None:
    counting = CountingEncoder()
    caching = CachingEncoder(counting)
    first = caching.queries(["a b", "c", "a b"])
    assert counting.asked == 2
    assert np.array_equal(caching.queries(["c"])[0], first[1])
    assert counting.asked == 2
