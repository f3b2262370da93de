"""The FAISS file: what is written is read back, and any other file is refused."""

from pathlib import Path

import numpy as np
import pytest

from index.errors import StorageError
from index.store.faiss import flat

IDS = np.array([3, 7, 12], np.int64)
VALUES = np.eye(3, 8, dtype=np.float32)


def index_of(ids: flat.Ids, values: flat.Vectors) -> flat.Index:
    index = flat.empty(8)
    index.add_with_ids(values, ids)
    return index


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.faiss"


def test_an_index_is_read_back_as_it_was_written(file: Path) -> None:
    crc = flat.write(index_of(IDS, VALUES), file)
    index = flat.read(file, crc, count=3, dimension=8)
    assert index is not None
    assert flat.nearest(index, VALUES[1], 10) == [(7, 1.0), (3, 0.0), (12, 0.0)]
    assert flat.nearest(index, VALUES[2], 1) == [(12, 1.0)]


def test_an_index_without_vectors_finds_nothing(file: Path) -> None:
    crc = flat.write(index_of(IDS[:0], VALUES[:0]), file)
    index = flat.read(file, crc, count=0, dimension=8)
    assert index is not None
    assert flat.nearest(index, VALUES[0], 5) == []


def test_a_file_of_another_checksum_size_or_dimension_is_refused(file: Path) -> None:
    crc = flat.write(index_of(IDS, VALUES), file)
    assert flat.read(file, crc + 1, 3, 8) is None
    assert flat.read(file, crc, 4, 8) is None
    assert flat.read(file, crc, 3, 9) is None
    assert flat.read(file.with_name("b"), crc, 3, 8) is None
    whole = file.read_bytes()
    for damaged in (b"", whole[:-1], whole[:40] + b"\xff" + whole[41:], b"garbage"):
        file.write_bytes(damaged)
        assert flat.read(file, crc, 3, 8) is None


def test_garbage_with_the_right_checksum_is_refused(file: Path) -> None:
    file.write_bytes(b"garbage")
    assert flat.read(file, flat.checksum(file), 3, 8) is None


def test_a_file_that_cannot_be_written_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "no such folder" / "a.faiss"
    with pytest.raises(StorageError, match="cannot write"):
        flat.write(index_of(IDS, VALUES), file)
    assert list(tmp_path.iterdir()) == []


def test_only_the_given_ids_are_considered() -> None:
    index = index_of(IDS, VALUES)
    among = np.array([12, 3, 99], np.int64)
    assert flat.nearest(index, VALUES[1], 10, among) == [(3, 0.0), (12, 0.0)]
    assert flat.nearest(index, VALUES[1], 10, among[:0]) == []


def test_equal_scores_are_in_order_of_ids_and_padding_is_dropped() -> None:
    ids = np.array([9, 2, -1, 5], np.int64)
    scores = np.array([0.5, 0.5, 0.9, 0.7], np.float32)
    assert flat.best(ids, scores, 2) == [(5, pytest.approx(0.7)), (2, 0.5)]
