"""The embedding cache's file: keyed by content and encoder, and never trusted when damaged."""

from pathlib import Path

import numpy as np
import pytest

from index.store.sqlite.embedding_cache import FILE, SqliteEmbeddingCache, forget
from tests.support.fakes import FakeEncoder

VALUES = np.eye(2, 64, dtype=np.float32)


def test_a_vector_is_read_back_bit_by_bit(tmp_path: Path, encoder: FakeEncoder) -> None:
    cache = SqliteEmbeddingCache(tmp_path, encoder)
    cache.put([b"a", b"b"], VALUES)
    cache.close()
    cache = SqliteEmbeddingCache(tmp_path, encoder)
    vector = cache.get(b"b")
    assert vector is not None
    assert vector.tobytes() == VALUES[1].tobytes()
    assert cache.get(b"c") is None
    cache.close()


@pytest.mark.parametrize(("name", "value"), [("name", "x"), ("revision", "2"), ("dimension", 32)])
def test_an_encoder_that_differs_in_any_way_finds_nothing(
    tmp_path: Path, encoder: FakeEncoder, name: str, value: object
) -> None:
    cache = SqliteEmbeddingCache(tmp_path, encoder)
    cache.put([b"a"], VALUES[:1])
    cache.close()
    setattr(encoder, name, value)
    cache = SqliteEmbeddingCache(tmp_path, encoder)
    assert cache.get(b"a") is None
    cache.close()


@pytest.mark.parametrize("damage", [b"garbage" * 999, b"SQLite format 3\0" + b"\1" * 9999])
def test_a_damaged_file_is_replaced_by_an_empty_one(
    tmp_path: Path, encoder: FakeEncoder, damage: bytes
) -> None:
    (tmp_path / FILE).write_bytes(damage)
    cache = SqliteEmbeddingCache(tmp_path, encoder)
    assert cache.get(b"a") is None
    cache.put([b"a"], VALUES[:1])
    assert cache.get(b"a") is not None
    cache.discard()
    assert not (tmp_path / FILE).exists()


def test_a_file_damaged_in_its_middle_is_replaced_by_an_empty_one(
    tmp_path: Path, encoder: FakeEncoder
) -> None:
    cache = SqliteEmbeddingCache(tmp_path, encoder)
    contents = [b"%d" % i for i in range(200)]
    cache.put(contents, np.ones((200, 64), np.float32))
    cache.close()
    file = tmp_path / FILE
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xff" * 16384 + whole[24576:])
    cache = SqliteEmbeddingCache(tmp_path, encoder)
    assert [cache.get(content) for content in contents] == [None] * 200
    cache.discard()


def test_forgetting_removes_the_file_and_its_journal(tmp_path: Path) -> None:
    for name in (FILE, f"{FILE}-journal", "archive.sqlite"):
        (tmp_path / name).touch()
    forget(tmp_path)
    forget(tmp_path)  # and does not mind if there is none
    assert [file.name for file in tmp_path.iterdir()] == ["archive.sqlite"]
