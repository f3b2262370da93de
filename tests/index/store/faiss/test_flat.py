"""The FAISS file: what is written is read back, and anything else is not taken for it."""

from pathlib import Path

import numpy as np
import pytest

from index.errors import StorageError
from index.store.faiss import flat

IDS = np.array([3, 7, 12], np.int64)
VALUES = np.eye(3, 8, dtype=np.float32)


def made(ids: np.ndarray, values: np.ndarray) -> object:
    index = flat.empty(8)
    index.add_with_ids(values, ids)
    return index


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.faiss"


def test_written_and_read(file: Path) -> None:
    crc = flat.write(made(IDS, VALUES), file)
    index = flat.read(file, crc, count=3, dimension=8)
    assert flat.nearest(index, VALUES[1], 10) == [(7, 1.0), (3, 0.0), (12, 0.0)]
    assert flat.nearest(index, VALUES[2], 1) == [(12, 1.0)]


def test_no_vectors_at_all(file: Path) -> None:
    crc = flat.write(made(IDS[:0], VALUES[:0]), file)
    index = flat.read(file, crc, count=0, dimension=8)
    assert flat.nearest(index, VALUES[0], 5) == []


def test_a_file_that_is_not_the_one_is_none(file: Path) -> None:
    crc = flat.write(made(IDS, VALUES), file)
    assert flat.read(file, crc + 1, 3, 8) is None
    assert flat.read(file, crc, 4, 8) is None
    assert flat.read(file, crc, 3, 9) is None
    assert flat.read(file.with_name("b"), crc, 3, 8) is None
    whole = file.read_bytes()
    for damaged in (b"", whole[:-1], whole[:40] + b"\xff" + whole[41:], b"garbage"):
        file.write_bytes(damaged)
        assert flat.read(file, crc, 3, 8) is None


def test_garbage_with_the_right_checksum_is_none(file: Path) -> None:
    file.write_bytes(b"garbage")
    assert flat.read(file, flat.checksum(file), 3, 8) is None


def test_a_file_that_cannot_be_written_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "no such folder" / "a.faiss"
    with pytest.raises(StorageError, match="cannot write"):
        flat.write(made(IDS, VALUES), file)
    assert list(tmp_path.iterdir()) == []
