"""How a pack stores integers and matrices, so that the file stays small."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 32  # weights of a row that share a scale

Integers = NDArray[np.int64]
Floats = NDArray[np.float32]


def split_integers(name: str, values: Integers) -> dict[str, NDArray[Any]]:
    """Split into low and high halves, differences where ascending: both compress far better."""
    ascending = bool(len(values)) and bool(np.all(np.diff(values) >= 0))
    values = np.diff(values, prepend=0) if ascending else values
    if values.min(initial=0) < 0 or values.max(initial=0) >= 1 << 32:
        raise ValueError(f"{name} holds numbers outside 0 to 2**32")
    low, high = (values & 0xFFFF).astype(np.uint16), (values >> 16).astype(np.uint16)
    suffix = "#differences" if ascending else ""
    return {f"{name}#low{suffix}": low, f"{name}#high{suffix}": high}


def join_integers(stored: Mapping[str, NDArray[Any]], name: str) -> Integers:
    """Return what `split_integers` split."""
    ascending = f"{name}#low#differences" in stored
    suffix = "#differences" if ascending else ""
    low, high = stored[f"{name}#low{suffix}"], stored[f"{name}#high{suffix}"]
    values: Integers = low.astype(np.int64) | high.astype(np.int64) << 16
    return values.cumsum() if ascending else values


def split_matrix(name: str, tensor: Floats) -> dict[str, NDArray[Any]]:
    """Store a matrix with 4 bits a weight if that loses nothing, else in fp16; vectors in fp32.

    The bundled encoder's matrices come from 4-bit blocks of the same form: each has an fp16 scale,
    and its weights are whole multiples of it from -8 to 7.
    """
    if tensor.ndim < 2:
        return {name: tensor.astype(np.float32)}
    if tensor.shape[1] % BLOCK == 0:
        blocks = _to_blocks(name, tensor)
        if np.array_equal(join_matrix(blocks, name), tensor):
            return blocks
    return {name: tensor.astype(np.float16)}


def join_matrix(stored: Mapping[str, NDArray[Any]], name: str) -> Floats:
    """Return what `split_matrix` stored, as fp32."""
    if name in stored:
        return stored[name].astype(np.float32)
    nibbles, scale = stored[f"{name}#nibbles"], stored[f"{name}#scale"].astype(np.float32)
    blocks = np.concatenate([nibbles & 15, nibbles >> 4], -1).astype(np.float32) - 8
    weights: Floats = (blocks * scale[..., None]).reshape(len(nibbles), -1)
    return weights


def _to_blocks(name: str, tensor: Floats) -> dict[str, NDArray[Any]]:
    blocks = tensor.reshape(len(tensor), -1, BLOCK)
    # the weight of the largest magnitude is -8 scales
    extreme = np.take_along_axis(blocks, np.abs(blocks).argmax(-1, keepdims=True), -1)[..., 0]
    scale = (extreme / -8).astype(np.float16)
    divisor = np.where(scale == 0, 1, scale.astype(np.float32))[..., None]
    nibbles = np.clip(np.round(blocks / divisor) + 8, 0, 15).astype(np.uint8)
    half = BLOCK // 2
    return {
        f"{name}#nibbles": nibbles[..., :half] | nibbles[..., half:] << 4,
        f"{name}#scale": scale,
    }
