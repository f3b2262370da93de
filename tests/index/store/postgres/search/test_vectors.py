"""Vector search: exact, by HNSW, and the same scores as the store in a folder."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.article import Article
from index.encoder.sentence import Vectors
from index.passage import Passage
from index.store.base.protocol import Scored
from index.store.base.search_filter import SearchFilter
from index.store.doors import open_store
from index.store.postgres.address import Address
from index.store.postgres.connection import Connection
from index.store.postgres.search import vectors
from index.store.postgres.search.hnsw import Sizes
from index.store.postgres.search.vectors import expression, of_language
from index.store.postgres.writer import PostgresWriter
from tests.index.store.postgres.conftest import plan
from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex, article, whole

FIRST = datetime.date(2025, 1, 1)
LANGUAGES = ("en", "en", "en", "zh", "zh", "de")
SMALL = Sizes(exact=100, language=80)


class RandomEncoder(FakeEncoder):
    """Vectors around 20 centres: neither equal nor all alike."""

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        found = []
        for text in texts:
            chance = np.random.default_rng(int(text.split()[-1].rstrip(".")))
            centre = np.random.default_rng(int(chance.integers(20))).normal(size=self.dimension)
            found.append(centre + chance.normal(size=self.dimension))
        values = np.array(found, np.float32)
        unit: np.ndarray = values / np.linalg.norm(values, axis=1, keepdims=True)
        return unit


def articles(count: int) -> list[tuple[Article, list[Passage]]]:
    return [
        whole(article(f"{i:05}", f"Report {i}.", date=FIRST + datetime.timedelta(days=i)),
              LANGUAGES[i % len(LANGUAGES)])
        for i in range(count)
    ]  # fmt: skip


def fill(index: WrittenIndex, count: int, sizes: Sizes = SMALL) -> None:
    """Publish articles with HNSW indexes for English and Chinese."""
    writer = PostgresWriter(Address.parse(index.where), sizes)
    try:
        for each, passages in articles(count):
            writer.put(each, index.digest(each), iter(passages))
        index.embed(writer)
        writer.publish(index.settings)
    finally:
        writer.close()


@pytest.fixture
def encoder() -> FakeEncoder:
    return RandomEncoder()


def named(where: str, vector: Vectors, only: SearchFilter, neutral: float) -> dict[str, float]:
    with open_store(where).snapshot() as snapshot:
        found: Scored = snapshot.nearest(vector, 10, only, neutral)
        passages = snapshot.passages([identity for identity, _ in found])
        return {passages[identity].article_id: score for identity, score in found}


FILTERS = [
    SearchFilter(),
    SearchFilter(language="en"),
    SearchFilter(language="de"),
    SearchFilter(after=FIRST + datetime.timedelta(days=250)),
    SearchFilter(after=FIRST + datetime.timedelta(days=100), language="zh"),
]


@pytest.mark.parametrize("few", [0, 10_000])
def test_scores_are_those_of_the_store_in_a_folder(
    index: WrittenIndex, tmp_path: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch,
    few: int,
) -> None:  # fmt: skip
    monkeypatch.setattr(vectors, "FEW", few)
    fill(index, 300)
    folder = WrittenIndex(str(tmp_path / "index"), encoder)
    folder.publish_passages(*articles(300))
    reached = []
    for only in FILTERS:
        for number in range(700, 704):
            question = index.vector(f"Report {number}.")
            for neutral in (0.5, 1.0):
                exact = named(folder.where, question, only, neutral)
                found = named(index.where, question, only, neutral)
                reached.append(len(exact.keys() & found.keys()) / len(exact))
                both = exact.keys() & found.keys()
                assert [found[name] for name in both] == pytest.approx(
                    [exact[name] for name in both], abs=1e-5
                )
    assert np.mean(reached) >= 0.98


def test_a_language_is_searched_by_its_index(index: WrittenIndex, session: Connection) -> None:
    fill(index, 300)
    session.execute("ANALYZE embedding; SET enable_sort = off")
    condition = of_language("en", 64).as_string(session)
    order = (
        f"{expression(64).as_string(session)} <#> (SELECT value::halfvec FROM embedding LIMIT 1)"
    )
    bare = f"SELECT passage FROM embedding WHERE {condition} ORDER BY {order}"
    assert "Index Scan using embedding_near_" in plan(session, f"{bare} LIMIT 10")
    assert "embedding_near_" not in plan(session, f"{bare} DESC LIMIT 10")  # the other way round
