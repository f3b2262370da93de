"""Quantised vectors: the candidates by code contain the best, and their recall is measured."""

from pathlib import Path

import numpy as np
import pytest

from index.store.faiss import flat, product_quantised
from index.store.faiss.flat import Index, Vectors
from index.store.faiss.product_quantised import SampleQueries, candidates, fill, train

NONE = np.zeros(0, np.int64)


def unit(count: int, dimension: int, seed: int = 0) -> Vectors:
    values = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    values /= np.linalg.norm(values, axis=1, keepdims=True)
    return values


IDS = np.arange(600, dtype=np.int64) * 3 + 5


@pytest.fixture(scope="module")
def values() -> Vectors:
    return unit(600, 16)


@pytest.fixture(scope="module")
def index(values: Vectors) -> Index:
    index = train(values)
    fill(
        index,
        [(IDS[:250], values[:250]), (IDS[250:], values[250:])],
        SampleQueries(IDS, values),
        0.98,
    )
    return index


def test_the_best_are_among_the_candidates(index: Index, values: Vectors) -> None:
    for question in unit(20, 16, seed=1):
        best = IDS[np.argsort(-(values @ question))[:10]]
        found = candidates(index, question, 100, None, NONE)
        assert len(found) == 100
        assert set(best) <= set(found.tolist())


def test_removed_ids_are_left_out_and_others_are_limited_to_the_given(
    index: Index, values: Vectors
) -> None:
    found = candidates(index, values[7], 5, None, NONE)
    assert found[0] == IDS[7]
    assert IDS[7] not in candidates(index, values[7], 5, None, IDS[5:9])
    some = IDS[7:400:40]
    assert set(candidates(index, values[7], 99, some, NONE).tolist()) == set(some.tolist())
    assert candidates(index, values[7], 99, np.array([10**6]), NONE).tolist() == []


def test_the_depth_grows_until_the_recall_is_reached(
    values: Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(product_quantised, "DEPTHS", (10, 20, 40, 80))
    coarse = values * 1e-3 + unit(1, 16)  # codes can hardly tell these apart
    recalls = []
    for target in (0.0, 0.98, 1.1):
        index = train(coarse)
        measured = fill(index, [(IDS, coarse)], SampleQueries(IDS, coarse), target)
        recalls.append((measured.depth, measured.recall))
    assert recalls[0][0] == 10
    assert recalls[0][1] < 0.98
    assert recalls[1][0] > 10
    assert recalls[2][0] == 80, "the greatest depth, although the target is out of reach"


def test_the_recall_is_that_of_exact_search_without_the_question_itself(
    index: Index, values: Vectors
) -> None:
    queries = SampleQueries(IDS, values)
    for at in range(0, 600, 150):
        queries.compare(IDS[at : at + 150], values[at : at + 150])
    scores = queries._vectors @ values.T
    shares = []
    for question, own, row in zip(queries._vectors, queries._own, scores, strict=True):
        best = [i for i in IDS[np.argsort(-row)] if i not in own][:10]
        shares.append(np.isin(best, candidates(index, question, 30, None, NONE)).mean())
    assert queries.recall(index, 30) == pytest.approx(np.mean(shares))
    assert 0.5 < np.mean(shares) < 1


def test_an_odd_number_of_dimensions_and_hardly_any_vectors() -> None:
    values, ids = unit(16, 7), IDS[:16]
    index = train(values)
    measured = fill(index, [(ids, values)], SampleQueries(ids, values), 0.98)
    assert measured.recall == 1.0
    assert candidates(index, values[2], 1, None, NONE).tolist() == [IDS[2]]


def test_an_index_is_read_back_as_it_was_written(
    index: Index, values: Vectors, tmp_path: Path
) -> None:
    crc = flat.write(index, tmp_path / "a.faiss")
    again = flat.read(tmp_path / "a.faiss", crc, 600, 16)
    assert again is not None
    assert (tmp_path / "a.faiss").stat().st_size < values.nbytes
    for question in values[:5]:
        found = candidates(again, question, 50, None, NONE)
        assert found.tolist() == candidates(index, question, 50, None, NONE).tolist()
