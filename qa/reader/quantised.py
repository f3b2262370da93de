"""The format of the reader's shipped weights: int8, with one fp32 scale per output channel.

Word embeddings are not included: they are the encoder's own, which training leaves unchanged.
"""

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

SCALE = ".scale"  # suffix of the name under which a matrix's scales are stored
MIN_ROWS = 8  # smaller matrices, such as the head's two rows, stay fp32


def quantise(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Turn each matrix (out, in) into int8 with scales (out,); the rest becomes fp32.

    The error of a weight is at most half a scale, which is 1/254 of its row's largest weight.
    """
    stored: dict[str, Tensor] = {}
    for name, tensor in weights.items():
        if tensor.ndim < 2 or tensor.shape[0] < MIN_ROWS:  # norms, biases, the head
            stored[name] = tensor.float().contiguous()
            continue
        scale = tensor.float().abs().amax(1).clamp_min(1e-12) / 127
        stored[name] = (tensor.float() / scale[:, None]).round().clamp(-127, 127).to(torch.int8)
        stored[name + SCALE] = scale
    return stored


def dequantise(stored: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The fp32 weights by name."""
    return {
        name: tensor.float() * stored[name + SCALE][:, None]
        if name + SCALE in stored
        else tensor.float()
        for name, tensor in stored.items()
        if not name.endswith(SCALE)
    }


def write_weights(weights: Mapping[str, Tensor], path: Path) -> None:
    """Quantise the weights and write them as safetensors."""
    save_file(quantise(weights), path)


def read_weights(path: Path) -> dict[str, Tensor]:
    """Read shipped weights as fp32.

    Raises:
        OSError: The file is missing.
        SafetensorError: The file is damaged.
    """
    return dequantise(load_file(path))
