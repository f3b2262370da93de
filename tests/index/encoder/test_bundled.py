"""The bundled encoder's folder: a standard model, and errors that say what to do."""

import json
import os
import struct
from pathlib import Path

import numpy as np
import pytest

from index.encoder import bundled
from index.encoder.bundled import BLOCK, NAME, REVISION, model_folder
from index.errors import StorageError


def test_the_folder_is_that_of_a_standard_model() -> None:
    folder = model_folder()
    assert folder.name == f"{NAME}-{REVISION}"
    names = {file.name for file in folder.iterdir()}
    assert {"modules.json", "config.json", "model.safetensors", "tokenizer.json"} <= names
    assert json.loads((folder / "config.json").read_text())["hidden_size"] == 384


def test_the_tokenizer_reads_what_the_model_was_trained_on() -> None:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(str(model_folder()))
    ids = tokenizer("Hello, world!").input_ids
    # the well-known ids of XLM-RoBERTa's vocabulary
    assert ids == [0, 35378, 4, 8999, 38, 2]
    assert tokenizer("a\tb\n c").input_ids == tokenizer("a b c").input_ids
    assert tokenizer("ｆｕｌｌ").input_ids == tokenizer("full").input_ids
    assert tokenizer.decode(ids, skip_special_tokens=True) == "Hello, world!"
    first, second = tokenizer("a").input_ids[1:-1], tokenizer("b").input_ids[1:-1]
    assert tokenizer("a", "b").input_ids == [0, *first, 2, 2, *second, 2]


def test_blocks_of_four_bits_become_weights() -> None:
    blocks = np.zeros(2, BLOCK)
    blocks["scale"] = [0.5, 2]
    blocks["nibbles"][0] = [0xF8] * 16  # low nibble 8 -> 0, high nibble 15 -> 7
    blocks["nibbles"][1] = [0x80] * 16
    expected = [0] * 16 + [3.5] * 16 + [-16] * 16 + [0] * 16
    assert bundled._weights(blocks).tolist() == expected


@pytest.mark.parametrize(
    ("packed", "full"),
    [
        ("emb.word", "embeddings.word_embeddings.weight"),
        ("emb.ln.b", "embeddings.LayerNorm.bias"),
        ("l11.q.w", "encoder.layer.11.attention.self.query.weight"),
        ("l0.oln.b", "encoder.layer.0.output.LayerNorm.bias"),
    ],
)
def test_names_of_tensors(packed: str, full: str) -> None:
    assert bundled._full_name(packed) == full


def test_what_becomes_a_space_and_what_vanishes_beyond_nfkc() -> None:
    def entry(point: int, target: str) -> bytes:
        return struct.pack(f"<IB{len(target)}I", point, len(target), *map(ord, target))

    table = [(0x09, " "), (0x200B, ""), (0xFF21, "A"), (0xA0, " "), (0x7F, "")]
    data = struct.pack("<iI", len(table), 0) + b"".join(entry(*row) for row in table)
    spaces, vanish = bundled._normalisation(bundled._Reader(memoryview(data)))
    assert (spaces, vanish) == (r"[\x{9}]", r"[\x{200B}\x{7F}]")


def test_a_cache_that_cannot_be_used_is_an_error_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("ARCHIVE_QA_CACHE", str(tmp_path / "file"))
    with pytest.raises(StorageError, match="set ARCHIVE_QA_CACHE to a folder"):
        model_folder()


def test_a_failed_unpacking_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(folder: Path) -> None:
        folder.mkdir()
        raise OSError(28, os.strerror(28))

    monkeypatch.setenv("ARCHIVE_QA_CACHE", str(tmp_path))
    monkeypatch.setattr(bundled, "_unpack", full)
    with pytest.raises(StorageError, match="No space left on device"):
        model_folder()
    assert list(tmp_path.iterdir()) == []


def test_another_process_that_was_faster_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(folder: Path) -> None:
        folder.mkdir()
        (tmp_path / f"{NAME}-{REVISION}").mkdir()
        (tmp_path / f"{NAME}-{REVISION}" / "theirs").touch()

    monkeypatch.setenv("ARCHIVE_QA_CACHE", str(tmp_path))
    monkeypatch.setattr(bundled, "_unpack", slow)
    assert [file.name for file in model_folder().iterdir()] == ["theirs"]
