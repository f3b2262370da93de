"""Vectors as SQLite holds them: in parts, in samples, by id, by article; and their sums."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index import BuildReport
from index.store.base.centering import LanguageSums
from index.store.doors import open_store
from index.store.sqlite import vector_table
from index.store.sqlite.vector_table import (
    all_vectors,
    read_sums,
    vector_batches,
    vectors_of,
    vectors_of_article,
)

Make = Callable[..., BuildReport]


@pytest.fixture
def index(make: Make, tmp_path: Path) -> Path:
    make({"x.jsonl": [{"id": i, "text": f"Boat {i}.", "language": "en"} for i in "abcdefg"]})
    make({"x.jsonl": [{"id": i, "text": f"Boat {i}.", "language": "en"} for i in "abdefgz"]})
    return tmp_path / "index"


def test_all_in_parts_by_id(index: Path, encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_table, "BATCH", 3)
    with open_store(index).snapshot() as snapshot:
        parts = list(vector_batches(snapshot._connection, 64))
        assert [ids.tolist() for ids, _, _ in parts] == [[1, 2, 4], [5, 6, 7], [8]]
        later = list(vector_batches(snapshot._connection, 64, after=6))
        assert [ids.tolist() for ids, _, _ in later] == [[7, 8]]
        ids, values, codes = all_vectors(snapshot._connection, 64, every=2)
        assert (ids.tolist(), codes) == ([2, 4, 6, 8], ["en"] * 4)
        assert np.allclose(values[0], encoder.queries(["Boat b."])[0])
        assert all_vectors(snapshot._connection, 64, after=99)[1].shape == (0, 64)


def test_by_id_and_by_article(index: Path) -> None:
    with open_store(index).snapshot() as snapshot:
        found = vectors_of(snapshot._connection, 64, [8, 3, -1, 1])
        assert sorted(found[0].tolist()) == [1, 8]
        assert vectors_of(snapshot._connection, 64, [])[1].shape == (0, 64)
        (last,) = snapshot._connection.execute("SELECT max(number) FROM article").fetchone()
        assert vectors_of_article(snapshot._connection, 64, last, 99)[0].tolist() == [8]
        assert vectors_of_article(snapshot._connection, 64, last, 7)[0].tolist() == []


def test_sums_after_steps_are_those_of_all(index: Path) -> None:
    with open_store(index).snapshot() as snapshot:
        kept, right = read_sums(snapshot._connection, 64), LanguageSums(64)
        for _, values, codes in vector_batches(snapshot._connection, 64):
            right.add(values, codes)
    assert kept is not None
    assert kept.counts == right.counts == {"en": 7}
    assert np.allclose(kept.sums["en"], right.sums["en"], atol=1e-9)
