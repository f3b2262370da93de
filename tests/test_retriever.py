"""Fusion of the dense and the keyword list, and what a hit says of where it was found."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index import Store
from index.narrowing import Narrowing
from index.store import ALL
from qa.retriever import Hit, retrieve


@pytest.fixture
def find(make: Callable[..., object], tmp_path: Path, encoder: object) -> Callable[..., list[Hit]]:
    def found(
        files: dict[str, str], question: str, k: int = 10, only: Narrowing = ALL
    ) -> list[Hit]:
        make(files)
        with Store(tmp_path / "index").snapshot() as snapshot:
            return retrieve(snapshot, encoder, question, k, only)

    return found


TOWNS = {f"{name}.txt": f"The town of {name} has a market." for name in ("Ulm", "Köln", "Trier")}


def test_the_best_hit_comes_first_with_both_ranks(find: Callable[..., list[Hit]]) -> None:
    hits = find(TOWNS, "Where is the market of Trier?")
    assert hits[0].article.id == "Trier.txt"
    assert (hits[0].dense_rank, hits[0].keyword_rank) == (1, 1)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_at_most_k_hits_without_padding(find: Callable[..., list[Hit]]) -> None:
    assert len(find(TOWNS, "market", k=2)) == 2
    assert len(find({}, "market", k=50)) == 3


def test_a_question_without_any_term_still_finds_by_meaning(find: Callable[..., list[Hit]]) -> None:
    hits = find(TOWNS, "?!")
    assert {hit.keyword_rank for hit in hits} == {None}
    assert len(hits) == 3


@pytest.mark.parametrize("question", ['"', 'a" OR b', "NEAR(a, b)", "terms:x", "*", "'; --", "-"])
def test_a_question_is_never_query_syntax(find: Callable[..., list[Hit]], question: str) -> None:
    assert len(find(TOWNS, question)) == 3


def test_a_passage_is_the_slice_of_its_article(find: Callable[..., list[Hit]]) -> None:
    for hit in find(TOWNS, "market town"):
        assert hit.article.text[hit.passage.start : hit.passage.end] == hit.passage.text


def test_what_is_left_out_is_left_out_before_ranking(find: Callable[..., list[Hit]]) -> None:
    many = {f"{i}.txt": "The market of Trier, the market of Trier." for i in range(99)}
    last = {"2025-05-01.txt": "Elsewhere, long after a long and dull road, stood a market too."}
    only = Narrowing.of(after="2025-05-01", before="2025-05-01")
    (hit,) = find({**many, **last}, "Where is the market of Trier?", only=only)
    assert (hit.article.id, hit.dense_rank, hit.keyword_rank) == ("2025-05-01.txt", 1, None)
    (hit,) = find({}, "dull road", only=only)
    assert (hit.dense_rank, hit.keyword_rank) == (1, 1)
