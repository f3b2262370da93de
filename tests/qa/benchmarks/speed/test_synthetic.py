"""Real passages first, then synthetic ones, in a sound index."""

from pathlib import Path

import numpy as np
import pytest

from index.admin.check import check
from index.store.base.settings import Settings
from index.store.doors import open_store
from index.store.sqlite.snapshot import SqliteSnapshot
from index.store.sqlite.vector_table import all_vectors
from qa.benchmarks.speed.synthetic import PassageGenerator, load_real_data, write_index
from tests.support.fakes import FakeEncoder


def stored_vectors(index: Path) -> np.ndarray:
    with open_store(index).snapshot() as snapshot:
        assert isinstance(snapshot, SqliteSnapshot)
        return all_vectors(snapshot._connection, 64)[1]


def test_real_passages_are_embedded_once(data: Path, tmp_path: Path, encoder: FakeEncoder) -> None:
    real = load_real_data(data, 30, 10, encoder, tmp_path)
    assert (len(real.texts), len(real.questions)) == (30, 10)
    assert set(real.languages) == {"en", "zh"}
    again = load_real_data(data, 30, 10, encoder, tmp_path)
    assert len(encoder.embedded) == 30
    assert again.texts == real.texts


def test_real_passages_come_first_and_the_index_is_sound(
    data: Path, tmp_path: Path, encoder: FakeEncoder, settings: Settings
) -> None:
    real = load_real_data(data, 30, 10, encoder, tmp_path)
    assert min(write_index(tmp_path / "index", 103, real, settings)) > 0
    with open_store(tmp_path / "index").snapshot() as snapshot:
        passages = snapshot.passages(range(1, 200))
    assert len(passages) == 103
    assert [passages[i].text for i in range(1, 31)] == real.texts
    values = stored_vectors(tmp_path / "index")
    assert np.allclose(values[:30], encoder.queries(real.texts), atol=1e-6)
    problems = [p.sentence for p in check(tmp_path / "index") if p.what != "article"]
    assert problems == []


def test_noisy_copies_are_unit_vectors_near_real_ones(
    data: Path, tmp_path: Path, encoder: FakeEncoder, settings: Settings
) -> None:
    real = load_real_data(data, 30, 1, encoder, tmp_path)
    write_index(tmp_path / "index", 90, real, settings)
    values = stored_vectors(tmp_path / "index")
    assert np.linalg.norm(values, axis=1) == pytest.approx(np.ones(90), abs=1e-5)
    nearest = (values[30:] @ real.vectors.T).max(axis=1)
    assert 0.5 < nearest.mean() < 0.9999


def test_synthetic_passages_all_differ(data: Path, tmp_path: Path, encoder: FakeEncoder) -> None:
    real = load_real_data(data, 10, 1, encoder, tmp_path)
    texts, languages, vectors = PassageGenerator(real).passages(5, 60)
    assert texts[:5] == real.texts[5:]
    assert len(set(texts)) == len(languages) == len(vectors) == 55
