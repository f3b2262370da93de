"""Searching one generation's vectors: which index is used, and what passages score."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.errors import StorageError
from index.store.base.protocol import Vectors
from index.store.sqlite import faiss_file
from index.store.sqlite.connection import connect
from index.store.sqlite.faiss_file import Sizes
from index.store.sqlite.generation import Generation, read_generation
from index.store.sqlite.vector_search import Query, VectorSearch
from index.store.sqlite.vector_table import read_means
from tests.support.damage import execute
from tests.support.written import WrittenIndex, article

WORDS = ("fog", "rain", "snow", "wind", "hail", "frost", "cloud", "storm")


class Opened:
    """The published generation of an index, and its vectors."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        generation = read_generation(connection)
        assert generation is not None
        self.connection, self.folder, self.generation = connection, folder, generation
        self.means = read_means(connection, generation.settings.dimension)
        self.search = self.load()

    def load(self, old: VectorSearch | None = None) -> VectorSearch:
        return VectorSearch.load(self.connection, self.folder, self.generation, self.means, old)

    def nearest(
        self, vector: Vectors, k: int, *among: int, neutral: float = 1.0
    ) -> list[tuple[int, float]]:
        query = Query(vector, self.means, neutral, np.array(among, np.int64) if among else None)
        return self.search.nearest(self.connection, query, k)


@pytest.fixture
def connection(index: WrittenIndex, folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(folder)) as connection:
        yield connection


@pytest.fixture(params=["exact", "quantised"])
def index(
    request: pytest.FixtureRequest, written: WrittenIndex, monkeypatch: pytest.MonkeyPatch
) -> WrittenIndex:
    """Thirty passages: of the file's thirty, one was removed later, and one was added."""
    if request.param == "quantised":
        monkeypatch.setattr(faiss_file, "SIZES", Sizes(exact=20, changes=10))
    texts = [f"{a} after {b}." for a in WORDS for b in WORDS[:4]][:31]
    notes = [article(str(i), text) for i, text in enumerate(texts)]
    written.publish(*notes[:-1])
    written.publish(notes[-1], remove=("3",))
    return written


@pytest.fixture
def opened(connection: sqlite3.Connection, folder: Path) -> Opened:
    return Opened(connection, folder)


def exact_scores(opened: Opened, vector: Vectors, neutral: float = 1.0) -> dict[int, float]:
    rows = opened.connection.execute(
        "SELECT p.id, v.value FROM passage p JOIN vector v USING (content)"
    ).fetchall()
    values = np.stack([np.frombuffer(value, "<f4") for _, value in rows])
    scores = opened.means.scores(vector, values, ["en"] * len(rows), neutral)
    return dict(zip([row[0] for row in rows], scores.tolist(), strict=True))


def check_best(found: list[tuple[int, float]], expected: dict[int, float]) -> None:
    """Every score is right, and the best five are there; codes may lose the worst."""
    scores = [score for _, score in found]
    assert scores == pytest.approx([expected[identity] for identity, _ in found], abs=1e-5)
    assert scores[:5] == pytest.approx(sorted(expected.values(), reverse=True)[:5], abs=1e-5)


@pytest.mark.parametrize("neutral", [0.0, 0.5, 1.0])
def test_scores_are_those_of_the_stored_vectors(
    index: WrittenIndex, opened: Opened, neutral: float
) -> None:
    vector = index.vector("snow after fog")
    check_best(opened.nearest(vector, 99, neutral=neutral), exact_scores(opened, vector, neutral))


def test_removed_passages_are_left_out_and_added_ones_are_found(
    index: WrittenIndex, opened: Opened
) -> None:
    found = dict(opened.nearest(index.vector("storm after snow"), 99))
    assert 4 not in found
    assert 31 in found


def test_only_the_given_passages_are_considered(index: WrittenIndex, opened: Opened) -> None:
    found = opened.nearest(index.vector("fog"), 99, 1, 7, 31, 999)
    assert {identity for identity, _ in found} == {1, 7, 31}
    assert len(opened.nearest(index.vector("fog"), 2, 1, 7, 31)) == 2


def test_no_more_than_k_are_returned(index: WrittenIndex, opened: Opened) -> None:
    vector = index.vector("hail after rain")
    best = sorted(exact_scores(opened, vector).values(), reverse=True)
    found = opened.nearest(vector, 3)
    assert [score for _, score in found] == pytest.approx(best[:3], abs=1e-5)


@pytest.mark.parametrize("damage", ["missing", "cut"])
def test_a_damaged_file_is_rebuilt_in_memory(
    index: WrittenIndex, opened: Opened, folder: Path, damage: str
) -> None:
    vector = index.vector("frost after wind")
    expected = exact_scores(opened, vector)
    (file,) = folder.glob("*.faiss")
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-1])
    opened.search = opened.load()
    assert opened.search.state.crc == -1 or opened.search.state.exact
    check_best(opened.nearest(vector, 99), expected)


def test_an_open_quantised_file_is_not_read_again(opened: Opened) -> None:
    again = opened.load(old=opened.search)
    assert (again.index is opened.search.index) is not again.state.exact


def test_an_index_of_an_earlier_version_is_counted(
    opened: Opened, index: WrittenIndex, folder: Path
) -> None:
    execute(folder, "DELETE FROM setting WHERE name = 'passages'")
    with closing(connect(folder)) as connection:
        uncounted = Opened(connection, folder)
        assert uncounted.generation.settings.passages == -1
        assert uncounted.search.state.crc == opened.search.state.crc
        vector = index.vector("fog after rain")
        assert uncounted.nearest(vector, 5) == opened.nearest(vector, 5)


def test_a_passage_in_a_language_without_a_mean_is_an_error(
    index: WrittenIndex, folder: Path
) -> None:
    execute(folder, "UPDATE passage SET language = 'xx' WHERE id = 31")
    with closing(connect(folder)) as connection:
        opened = Opened(connection, folder)
        if opened.search.state.exact:  # its scores come from the file, which is sound
            assert len(opened.nearest(index.vector("fog"), 99)) == 30
            return
        with pytest.raises(StorageError, match=r"languages are damaged .*archive-qa repair"):
            opened.nearest(index.vector("fog"), 99)


def test_an_empty_archive_finds_nothing(written: WrittenIndex, folder: Path) -> None:
    written.publish()
    with closing(connect(folder)) as connection:
        opened = Opened(connection, folder)
        assert isinstance(opened.generation, Generation)
        assert opened.nearest(written.vector("fog"), 5) == []
