"""The packed model file, on synthetic files of a few bytes."""

import struct
from pathlib import Path

import numpy as np
import pytest

from index.encoder.packed_file import (
    BLOCK,
    BLOCKS,
    FLOAT32,
    Cursor,
    dequantise,
    full_name,
    read_normalisation,
    read_packed_model,
)
from index.errors import ArchiveError

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁may", "<mask>"]
HIDDEN, INNER = 32, 64


def normalisation(*table: tuple[int, str]) -> bytes:
    def entry(point: int, target: str) -> bytes:
        return struct.pack(f"<IB{len(target)}I", point, len(target), *map(ord, target))

    return struct.pack("<iI", len(table), 0) + b"".join(entry(*row) for row in table)


def packed_model() -> bytes:
    """A whole file: one layer's `fo` in blocks and a norm in fp32."""
    header = struct.pack("<I7ifi", 1, HIDDEN, 1, 1, INNER, len(PIECES), 16, 1, 1e-12, 32)
    encoded = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, encoded)]).astype("<u4").tobytes()
    text = b"".join(encoded)
    tokenizer = struct.pack("<5iQ", len(PIECES), 0, 1, 2, 3, len(text)) + offsets
    tokenizer += (
        np.zeros(len(PIECES), "<f4").tobytes() + text + normalisation((0x09, " "), (0x7F, ""))
    )
    blocks = np.zeros(HIDDEN * INNER // 32, BLOCK)
    blocks["scale"], blocks["nibbles"] = 1, 0x99  # every weight is 9 - 8
    tensors = [("l0.fo.w", BLOCKS, HIDDEN * INNER, blocks.tobytes())]
    tensors += [("emb.ln.b", FLOAT32, HIDDEN, np.arange(HIDDEN, dtype="<f4").tobytes())]
    before = b"E5S1" + header + tokenizer + struct.pack("<i", len(tensors))
    at = len(before) + sum(2 + len(name) + struct.calcsize("<BIQQ") for name, *_ in tensors)
    directory = b""
    for name, storage, count, data in tensors:
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", storage, count, at, len(data))
        at += len(data)
    return before + directory + b"".join(data for *_, data in tensors)


def test_a_whole_file(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(packed_model())
    model = read_packed_model(tmp_path / "model.bin")
    assert (model.config["hidden_size"], model.config["intermediate_size"]) == (HIDDEN, INNER)
    assert model.config["layer_norm_eps"] == pytest.approx(1e-12)
    assert model.tokenizer.encode("may\t<mask>").tokens == ["<s>", "▁may", "<mask>", "</s>"]
    output = model.tensors["encoder.layer.0.output.dense.weight"]
    assert output.shape == (HIDDEN, INNER)
    assert (output == 1).all()
    assert model.tensors["embeddings.LayerNorm.bias"].tolist() == list(range(HIDDEN))
    assert not model.tensors["pooler.dense.weight"].any()


def test_a_file_of_another_kind_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ArchiveError, match=r"other\.bin is not an E5S1 model file"):
        read_packed_model(tmp_path / "other.bin")


def test_a_cursor_moves_past_what_it_reads() -> None:
    cursor = Cursor(memoryview(struct.pack("<HI2f", 7, 8, 0.5, 1.5) + b"end"))
    assert cursor.integer("H") == 7
    assert cursor.unpack("I") == (8,)
    assert cursor.array("<f4", 2).tolist() == [0.5, 1.5]
    assert cursor.take(3) == b"end"
    with pytest.raises(struct.error):
        cursor.integer()


def test_blocks_of_four_bits_become_weights() -> None:
    blocks = np.zeros(2, BLOCK)
    blocks["scale"] = [0.5, 2]
    blocks["nibbles"][0] = [0xF8] * 16  # low nibble 8 -> 0, high nibble 15 -> 7
    blocks["nibbles"][1] = [0x80] * 16
    expected = [0] * 16 + [3.5] * 16 + [-16] * 16 + [0] * 16
    assert dequantise(blocks).tolist() == expected


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
    assert full_name(packed) == full


def test_characters_that_become_a_space_or_are_removed_beyond_nfkc() -> None:
    table = [(0x09, " "), (0x200B, ""), (0xFF21, "A"), (0xA0, " "), (0x7F, "")]
    spaces, removed = read_normalisation(Cursor(memoryview(normalisation(*table))))
    assert (spaces, removed) == (r"[\x{9}]", r"[\x{200B}\x{7F}]")
