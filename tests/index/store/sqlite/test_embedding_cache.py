"""Vectors of a build under way are kept by content and encoder, and are never trusted blindly."""

from pathlib import Path

import numpy as np
import pytest

from index.store.sqlite.embedding_cache import FILE, SqliteEmbeddingCache

VALUES = np.eye(2, 64, dtype=np.float32)


def test_what_was_put_is_got_again_by_the_same_encoder_only(tmp_path: Path, encoder) -> None:
    kept = SqliteEmbeddingCache(tmp_path, encoder)
    kept.put([b"a", b"b"], VALUES)
    kept.close()
    kept = SqliteEmbeddingCache(tmp_path, encoder)
    assert np.array_equal(kept.get(b"b"), VALUES[1])
    assert kept.get(b"c") is None
    kept.close()
    for name, value in (("name", "other"), ("revision", "2"), ("dimension", 32)):
        before = getattr(encoder, name)
        setattr(encoder, name, value)
        kept = SqliteEmbeddingCache(tmp_path, encoder)
        assert kept.get(b"b") is None
        kept.close()
        setattr(encoder, name, before)


@pytest.mark.parametrize("damage", [b"garbage" * 999, b"SQLite format 3\0" + b"\1" * 9999])
def test_a_damaged_file_is_begun_anew(tmp_path: Path, encoder, damage: bytes) -> None:
    (tmp_path / FILE).write_bytes(damage)
    kept = SqliteEmbeddingCache(tmp_path, encoder)
    assert kept.get(b"a") is None
    kept.put([b"a"], VALUES[:1])
    assert kept.get(b"a") is not None
    kept.discard()
    assert not (tmp_path / FILE).exists()


def test_a_file_damaged_in_its_middle_is_begun_anew(tmp_path: Path, encoder) -> None:
    kept = SqliteEmbeddingCache(tmp_path, encoder)
    contents = [b"%d" % i for i in range(200)]
    kept.put(contents, np.ones((200, 64), np.float32))
    kept.close()
    file = tmp_path / FILE
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xff" * 16384 + whole[24576:])
    kept = SqliteEmbeddingCache(tmp_path, encoder)
    assert [kept.get(content) for content in contents] == [None] * 200
    kept.discard()
