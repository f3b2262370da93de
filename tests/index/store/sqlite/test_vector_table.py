"""Vectors in SQLite: read in batches, in samples, by id and by article; and their sums."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.store.base.centering import LanguageSums
from index.store.sqlite import vector_table
from index.store.sqlite.connection import connect
from index.store.sqlite.vector_table import (
    all_vectors,
    read_means,
    read_sums,
    vector_batches,
    vectors_of,
    vectors_of_article,
)
from tests.support.damage import execute
from tests.support.written import WrittenIndex, article


@pytest.fixture
def connection(written: WrittenIndex, folder: Path) -> Iterator[sqlite3.Connection]:
    """An index with the passages 1 to 8, without 3."""
    written.publish(*(article(name, f"Boat {name}.") for name in "abcdefg"))
    written.publish(article("z", "Boat z."), remove=("c",))
    with closing(connect(folder)) as connection:
        yield connection


def test_batches_are_in_order_of_ids(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_table, "BATCH", 3)
    batches = [ids.tolist() for ids, _, _ in vector_batches(connection, 64)]
    assert batches == [[1, 2, 4], [5, 6, 7], [8]]
    later = [ids.tolist() for ids, _, _ in vector_batches(connection, 64, after=6)]
    assert later == [[7, 8]]


def test_a_sample_is_every_nth_id(
    connection: sqlite3.Connection, written: WrittenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_table, "BATCH", 3)
    ids, values, codes = all_vectors(connection, 64, every=2)
    assert (ids.tolist(), codes) == ([2, 4, 6, 8], ["en"] * 4)
    assert np.array_equal(values[0], written.vector("Boat b."))


def test_no_vectors_have_the_right_shape(connection: sqlite3.Connection) -> None:
    ids, values, codes = all_vectors(connection, 64, after=99)
    assert (ids.shape, values.shape, codes) == ((0,), (0, 64), [])
    assert vectors_of(connection, 64, [])[1].shape == (0, 64)


def test_unknown_ids_are_left_out(connection: sqlite3.Connection) -> None:
    ids, values, _ = vectors_of(connection, 64, [8, 3, -1, 1])
    assert sorted(ids.tolist()) == [1, 8]
    assert values.shape == (2, 64)


def test_the_vectors_of_an_article_end_at_the_given_id(connection: sqlite3.Connection) -> None:
    (number,) = connection.execute("SELECT number FROM article WHERE id = 'z'").fetchone()
    assert vectors_of_article(connection, 64, number, 99)[0].tolist() == [8]
    assert vectors_of_article(connection, 64, number, 7)[0].tolist() == []


def test_sums_of_small_builds_are_those_of_all_vectors(connection: sqlite3.Connection) -> None:
    stored, expected = read_sums(connection, 64), LanguageSums(64)
    for _, values, codes in vector_batches(connection, 64):
        expected.add(values, codes)
    assert stored is not None
    assert stored.counts == expected.counts == {"en": 7}
    assert np.allclose(stored.sums["en"], expected.sums["en"], atol=1e-9)
    means = read_means(connection, 64)
    assert means.codes == ("en",)
    assert np.allclose(means.means, expected.means().means, atol=1e-6)


@pytest.mark.parametrize("statement", ["UPDATE total SET sum = x'00'", "DELETE FROM total"])
def test_damaged_or_missing_sums_are_not_used(
    connection: sqlite3.Connection, folder: Path, statement: str
) -> None:
    execute(folder, statement)
    with closing(connect(folder)) as reader:
        assert read_sums(reader, 64) is None
