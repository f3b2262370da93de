"""A pack is read as it was written."""

import json
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from index.errors import ArchiveError
from qa.training.pack.assembly import make_pack
from qa.training.pack.pack_file import Pack, Texts, read_pack, write_pack
from qa.training.pack.texts import Split
from tests.support.packs import tiny_packed_model


@pytest.fixture
def pack(split: Split) -> Pack:
    return make_pack({"train": split, "dev/en-tiny": split}, tiny_packed_model(), 1)


def test_everything_comes_back(pack: Pack, tmp_path: Path) -> None:
    write_pack(pack, tmp_path / "pack.npz")
    read = read_pack(tmp_path / "pack.npz")
    assert (read.pieces, read.sources, read.marks) == (pack.pieces, pack.sources, pack.marks)
    assert read.vocabulary.tolist() == pack.vocabulary.tolist()
    assert list(read.splits) == ["train", "dev/en-tiny"]
    for name, texts in pack.splits.items():
        for field in fields(Texts):
            written, found = (getattr(t, field.name) for t in (texts, read.splits[name]))
            assert np.array_equal(written, found), field.name
    assert read.encoder.keys() == pack.encoder.keys()
    for name, tensor in pack.encoder.items():
        assert np.allclose(read.encoder[name], tensor, atol=1e-2)


def test_the_same_pack_is_the_same_file(pack: Pack, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_pack(pack, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert sorted(p.name for p in tmp_path.glob("*.new")) == []


def test_other_files_are_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "other.npz", x=np.zeros(1))
    with pytest.raises(ArchiveError, match="is not a pack: make one"):
        read_pack(tmp_path / "other.npz")
    with pytest.raises(ArchiveError, match="missing"):
        read_pack(tmp_path / "missing.npz")


def test_another_version_is_refused(tmp_path: Path) -> None:
    meta = np.frombuffer(json.dumps({"version": 0}).encode(), np.uint8)
    np.savez(tmp_path / "old.npz", meta=meta)
    with pytest.raises(ArchiveError, match="of version 0, this program reads 1: make it again"):
        read_pack(tmp_path / "old.npz")
