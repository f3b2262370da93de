"""The reader's weights as they are shipped: int8 with one fp32 scale an output channel.

Word embeddings are not among them: they are the encoder's own, and were never trained here.
"""

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

SCALE = ".scale"


def quantise(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Matrices (out, in) -> int8 and a scale (out,) each; vectors and small matrices as fp32.

    The error of a weight is at most half a scale, that is 1/254 of its row's largest weight.
    """
    found: dict[str, Tensor] = {}
    for name, tensor in weights.items():
        if tensor.ndim < 2 or tensor.shape[0] < 8:  # norms, biases, the head of two rows
            found[name] = tensor.float().contiguous()
            continue
        scale = tensor.float().abs().amax(1).clamp_min(1e-12) / 127
        found[name] = (tensor.float() / scale[:, None]).round().clamp(-127, 127).to(torch.int8)
        found[name + SCALE] = scale
    return found


def dequantise(stored: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The fp32 weights by name."""
    return {
        name: tensor.float() * stored[name + SCALE][:, None]
        if name + SCALE in stored
        else tensor.float()
        for name, tensor in stored.items()
        if not name.endswith(SCALE)
    }


def write_reader(weights: Mapping[str, Tensor], path: Path) -> None:
    save_file(quantise(weights), path)


def read_reader(path: Path) -> dict[str, Tensor]:
    return dequantise(load_file(path))
