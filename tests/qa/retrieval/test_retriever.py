"""Fusion of the dense and the keyword list, and what a hit says of where it was found."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.errors import StorageError
from index.store.base.search_filter import NO_FILTER, SearchFilter
from index.store.doors import open_store
from qa.retrieval.retriever import (
    COVERED,
    KEYWORD_WEIGHT,
    Hit,
    SearchResult,
    abroad,
    fuse,
    retrieve,
)


@pytest.fixture
def find(make: Callable[..., object], tmp_path: Path, encoder: object) -> Callable[..., list[Hit]]:
    def found(
        files: dict[str, str], question: str, k: int = 10, only: SearchFilter = NO_FILTER
    ) -> list[Hit]:
        make(files)
        with open_store(tmp_path / "index").snapshot() as snapshot:
            return retrieve(snapshot, encoder, question, k, only).hits

    return found


TOWNS = {f"{name}.txt": f"The town of {name} has a market." for name in ("Ulm", "Köln", "Trier")}


def test_the_best_hit_comes_first_with_both_ranks(find: Callable[..., list[Hit]]) -> None:
    hits = find(TOWNS, "Where is the market of Trier?")
    assert hits[0].article.id == "Trier.txt"
    assert (hits[0].dense_rank, hits[0].keyword_rank) == (1, 1)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_keywords_of_no_passage_are_an_error_for_people(
    find: Callable[..., list[Hit]], tmp_path: Path
) -> None:
    assert len(find(TOWNS, "market")) == 3
    with closing(sqlite3.connect(tmp_path / "index" / "archive.sqlite")) as connection:
        connection.execute("INSERT INTO keyword (rowid, terms) VALUES (99, 'zebra')")
        connection.commit()
    with pytest.raises(StorageError, match=r"passage 99 that it does not have.*archive-qa check"):
        find({}, "zebra")


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
    only = SearchFilter.of(after="2025-05-01", before="2025-05-01")
    (hit,) = find({**many, **last}, "Where is the market of Trier?", only=only)
    assert (hit.article.id, hit.dense_rank, hit.keyword_rank) == ("2025-05-01.txt", 1, None)
    (hit,) = find({}, "dull road", only=only)
    assert (hit.dense_rank, hit.keyword_rank) == (1, 1)


def test_similarity_and_words_in_common_add_up() -> None:
    scores = fuse([(1, 0.9), (2, 0.8), (3, 0.4)], [(2, 0.5), (4, 0.5)])
    assert scores == pytest.approx(
        {1: 0.5, 2: 0.4 + KEYWORD_WEIGHT / 2, 3: 0, 4: KEYWORD_WEIGHT / 2}
    )
    assert fuse([(1, 0.9)], []) == {1: 0}
    assert fuse([], [(1, 1.0)]) == {1: KEYWORD_WEIGHT}
    assert fuse([], []) == {}


def test_what_keywords_cannot_find_is_not_held_against_it() -> None:
    """The less of the question keywords found, the less a passage in another writing loses."""
    dense, keyword, foreign = [(1, 0.5), (2, 0.4), (3, 0.3)], [(2, 0.4)], frozenset([1])
    found = [abroad(covered) for covered in (0.0, COVERED / 2, COVERED, 1.0)]
    assert found == [1.0, 0.5, 0.0, 0.0]
    scores = [fuse(dense, keyword, foreign, likely) for likely in (1.0, 0.5, 0.0, 0.0)]
    assert [s[1] > s[2] for s in scores] == [True, False, False, False]
    assert scores[0][1] > scores[1][1] > scores[2][1] == fuse(dense, keyword)[1]
    assert all(s[3] == scores[0][3] for s in scores)


def test_the_newest_comes_first_only_where_it_is_asked_for(find: Callable[..., list[Hit]]) -> None:
    days = ("2025-03-01", "2025-05-01", "2025-04-01")
    files = {f"{day}.txt": f"The mayor of Ulm opened market number {day[6]}." for day in days}
    files["undated.txt"] = "The mayor of Ulm opened a market."
    hits = find(files, "What is the latest market that the mayor of Ulm opened?", k=4)
    found = [str(hit.article.date) for hit in hits]
    assert found == ["2025-05-01", "2025-04-01", "2025-03-01", "None"]
    (first,) = find({}, "The newest market that the mayor of Ulm opened", k=1)
    assert str(first.article.date) == "2025-05-01"
    scores = [hit.score for hit in find({}, "Which market did the mayor of Ulm open?")]
    assert scores == sorted(scores, reverse=True)


def test_the_words_of_a_question_are_accounted_for(
    make: Callable[..., object], tmp_path: Path, encoder: object
) -> None:
    make({f"{i}.txt": "The old town has a market." for i in range(9)} | TOWNS)
    with open_store(tmp_path / "index").snapshot() as snapshot:
        found = retrieve(snapshot, encoder, "Where in Trier is the market?", 3)
    assert isinstance(found, SearchResult)
    assert found.terms.used == ("trier",)
    assert set(found.terms.common) == {"the", "market"}
    assert set(found.terms.unknown) == {"where", "in", "is"}
    assert not found.newest


class Biased:
    """Like the fake encoder, but each language pulls its own way, as real encoders do."""

    name, revision, dimension = "biased", "1", 64

    def __init__(self, plain: object) -> None:
        self.plain = plain

    def passages(self, texts: list[str]) -> np.ndarray:
        return self.queries(texts)

    def queries(self, texts: list[str]) -> np.ndarray:
        vectors = self.plain.queries(texts)
        for row, text in zip(vectors, texts, strict=True):
            row[1 if text.isascii() else 2] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


TREES = ("oak", "elm", "ash", "fir", "yew", "box", "bay", "fig", "pear", "plum")
HILLS = ("山东", "山西", "江苏", "浙江", "湖南", "湖北", "河南", "河北", "广东", "广西")


@pytest.mark.parametrize(("asked", "crowd"), [("en", "zh"), ("zh", "en")])
def test_one_language_does_not_drown_the_other(
    make: Callable[..., object], tmp_path: Path, encoder: object, asked: str, crowd: str
) -> None:
    """Ten passages among three hundred of another language are found as before."""
    texts = {
        "en": [f"The {tree} in the garden of the old mill is tall." for tree in TREES],
        "zh": [f"{hill}的老工厂花园里有一棵很高的树。" for hill in HILLS],
    }
    questions = {
        "en": [f"How tall is the {tree} in the garden?" for tree in TREES],
        "zh": [f"{hill}的花园里有什么树?" for hill in HILLS],
    }
    biased = Biased(encoder)

    def first_five() -> list[int]:
        with open_store(tmp_path / "index").snapshot() as snapshot:
            found = [retrieve(snapshot, biased, q, 5).hits for q in questions[asked]]
        return [
            i for i, hits in enumerate(found) if texts[asked][i] in {h.passage.text for h in hits}
        ]

    make({f"{i}.txt": text for i, text in enumerate(texts[asked])}, encoder=biased)
    assert first_five() == list(range(10))
    many = [texts[crowd][i % 10].replace("。", f"{i}。").replace(".", f" {i}.") for i in range(300)]
    make({f"crowd{i}.txt": text for i, text in enumerate(many)}, encoder=biased)
    assert first_five() == list(range(10))
