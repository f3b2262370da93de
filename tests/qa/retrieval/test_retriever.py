"""Fusion of the dense and the keyword list, and the hits that come of it."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.encoder.sentence import Vectors
from index.errors import StorageError
from index.store.base.search_filter import NO_FILTER, SearchFilter
from index.store.doors import open_store
from qa.retrieval.retriever import (
    MAX_QUERY_TERMS,
    Hit,
    query_terms,
    retrieve,
)
from tests.support.fakes import FakeEncoder


@pytest.fixture
def find(
    make: Callable[..., object], tmp_path: Path, encoder: FakeEncoder
) -> Callable[..., list[Hit]]:
    """Adds files to the archive, then searches it."""

    def run(
        files: dict[str, str], question: str, k: int = 10, search_filter: SearchFilter = NO_FILTER
    ) -> list[Hit]:
        make(files)
        with open_store(tmp_path / "index").snapshot() as snapshot:
            return retrieve(
                snapshot, encoder.queries([question])[0], question, k, search_filter
            ).hits

    return run


TOWNS = {f"{name}.txt": f"The town of {name} has a market." for name in ("Ulm", "Köln", "Trier")}


def test_the_best_hit_comes_first_with_both_ranks(find: Callable[..., list[Hit]]) -> None:
    hits = find(TOWNS, "Where is the market of Trier?")
    assert hits[0].article.id == "Trier.txt"
    assert (hits[0].dense_rank, hits[0].keyword_rank) == (1, 1)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_keyword_row_without_a_passage_is_a_storage_error(
    find: Callable[..., list[Hit]], tmp_path: Path
) -> None:
    assert len(find(TOWNS, "market")) == 3
    with closing(sqlite3.connect(tmp_path / "index" / "archive.sqlite")) as connection:
        connection.execute("INSERT INTO keyword (rowid, terms) VALUES (99, 'zebra')")
        connection.commit()
    with pytest.raises(StorageError, match=r"passage 99 that it does not have.*archive-qa check"):
        find({}, "zebra")


def test_there_are_at_most_k_hits(find: Callable[..., list[Hit]]) -> None:
    assert len(find(TOWNS, "market", k=2)) == 2
    assert len(find({}, "market", k=50)) == 3


def test_a_question_without_terms_is_searched_by_meaning_alone(
    find: Callable[..., list[Hit]],
) -> None:
    hits = find(TOWNS, "?!")
    assert {hit.keyword_rank for hit in hits} == {None}
    assert len(hits) == 3


@pytest.mark.parametrize("question", ['"', 'a" OR b', "NEAR(a, b)", "terms:x", "*", "'; --", "-"])
def test_query_syntax_in_a_question_is_plain_text(
    find: Callable[..., list[Hit]], question: str
) -> None:
    assert len(find(TOWNS, question)) == 3


def test_a_passage_is_the_slice_of_its_article(find: Callable[..., list[Hit]]) -> None:
    for hit in find(TOWNS, "market town"):
        assert hit.article.text[hit.passage.start : hit.passage.end] == hit.passage.text


def test_the_filter_applies_before_ranking(find: Callable[..., list[Hit]]) -> None:
    many = {f"{i}.txt": "The market of Trier, the market of Trier." for i in range(99)}
    last = {"2025-05-01.txt": "Elsewhere, long after a long and dull road, stood a market too."}
    one_day = SearchFilter.of(after="2025-05-01", before="2025-05-01")
    (hit,) = find({**many, **last}, "Where is the market of Trier?", search_filter=one_day)
    assert (hit.article.id, hit.dense_rank, hit.keyword_rank) == ("2025-05-01.txt", 1, None)
    (hit,) = find({}, "dull road", search_filter=one_day)
    assert (hit.dense_rank, hit.keyword_rank) == (1, 1)


def test_the_newest_comes_first_only_if_the_question_asks_for_it(
    find: Callable[..., list[Hit]],
) -> None:
    days = ("2025-03-01", "2025-05-01", "2025-04-01")
    files = {f"{day}.txt": f"The mayor of Ulm opened market number {day[6]}." for day in days}
    files["undated.txt"] = "The mayor of Ulm opened a market."
    hits = find(files, "What is the latest market that the mayor of Ulm opened?", k=4)
    dates = [str(hit.article.date) for hit in hits]
    assert dates == ["2025-05-01", "2025-04-01", "2025-03-01", "None"]
    (first,) = find({}, "The newest market that the mayor of Ulm opened", k=1)
    assert str(first.article.date) == "2025-05-01"
    scores = [hit.score for hit in find({}, "Which market did the mayor of Ulm open?")]
    assert scores == sorted(scores, reverse=True)


def test_the_result_says_how_each_term_was_used(
    make: Callable[..., object], tmp_path: Path, encoder: FakeEncoder
) -> None:
    make({f"{i}.txt": "The old town has a market." for i in range(9)} | TOWNS)
    with open_store(tmp_path / "index").snapshot() as snapshot:
        question = "Where in Trier is the market?"
        result = retrieve(snapshot, encoder.queries([question])[0], question, 3)
    assert result.terms.used == ("trier",)
    assert set(result.terms.common) == {"the", "market"}
    assert set(result.terms.unknown) == {"where", "in", "is"}
    assert not result.newest


def test_the_result_says_what_its_scores_were_measured_by(
    make: Callable[..., object], tmp_path: Path, encoder: FakeEncoder
) -> None:
    make({"a.txt": "Fog over Ulm.", "b.txt": "Rain in Bonn.", "c.txt": "Snow."})
    with open_store(tmp_path / "index").snapshot() as snapshot:
        (vector,) = encoder.queries(["fog in Ulm"])
        result = retrieve(snapshot, vector, "fog in Ulm", 10)
        assert list(snapshot.passages(result.ids).values()) == sorted(
            (hit.passage for hit in result.hits), key=lambda passage: passage.article_id
        )
        spread = snapshot.spread()
        least = snapshot.nearest(vector, 99, neutral=result.bounds.centring)[-1][1] / spread
        assert result.bounds.cut == pytest.approx(least)
        assert result.bounds.weight == pytest.approx(result.terms.weight)


def test_query_terms_are_phrases_and_terms_once_each_and_limited() -> None:
    found = query_terms('Was it a "golden age" of golden things?')
    assert len(found) == len(set(found))
    assert {"golden", "age", "golden age"} <= set(found)
    assert len(query_terms(" ".join(f"w{n}" for n in range(999)))) == MAX_QUERY_TERMS
    assert query_terms("?!") == []


class BiasedEncoder:
    """The fake encoder with a direction added for each language, as real encoders have one."""

    name, revision, dimension = "biased", "1", 64

    def __init__(self, unbiased: FakeEncoder) -> None:
        self.unbiased = unbiased

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self.queries(texts)

    def queries(self, texts: Sequence[str]) -> Vectors:
        vectors = self.unbiased.queries(texts)
        for row, text in zip(vectors, texts, strict=True):
            row[1 if text.isascii() else 2] += 1
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


TREES = ("oak", "elm", "ash", "fir", "yew", "box", "bay", "fig", "pear", "plum")
HILLS = ("山东", "山西", "江苏", "浙江", "湖南", "湖北", "河南", "河北", "广东", "广西")


@pytest.mark.parametrize(("asked", "crowd"), [("en", "zh"), ("zh", "en")])
def test_one_language_does_not_crowd_out_another(
    make: Callable[..., object], tmp_path: Path, encoder: FakeEncoder, asked: str, crowd: str
) -> None:
    """Ten passages are still found among three hundred in another language."""
    texts = {
        "en": [f"The {tree} in the garden of the old mill is tall." for tree in TREES],
        "zh": [f"{hill}的老工厂花园里有一棵很高的树。" for hill in HILLS],
    }
    questions = {
        "en": [f"How tall is the {tree} in the garden?" for tree in TREES],
        "zh": [f"{hill}的花园里有什么树?" for hill in HILLS],
    }
    biased = BiasedEncoder(encoder)

    def first_five() -> list[int]:
        with open_store(tmp_path / "index").snapshot() as snapshot:
            results = [
                retrieve(snapshot, biased.queries([q])[0], q, 5).hits for q in questions[asked]
            ]
        return [
            i for i, hits in enumerate(results) if texts[asked][i] in {h.passage.text for h in hits}
        ]

    make({f"{i}.txt": text for i, text in enumerate(texts[asked])}, encoder=biased)
    assert first_five() == list(range(10))
    many = [texts[crowd][i % 10].replace("。", f"{i}。").replace(".", f" {i}.") for i in range(300)]
    make({f"crowd{i}.txt": text for i, text in enumerate(many)}, encoder=biased)
    assert first_five() == list(range(10))
