"""One layer of BERT (Devlin et al., 2019), for texts of any lengths at a time, without padding.

The encoder of questions and the reader are made of it. Matrices are bf16 where the processor
multiplies bf16 itself (AMX, AVX-512), else fp32; sums and norms are fp32 on both.
"""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn.functional import gelu, layer_norm, linear, scaled_dot_product_attention

from .encoder import native_bf16

EPSILON = 1e-12  # of the layer norms
HEAD_SIZE = 32


class Layer:
    """One transformer layer over (tokens, width)."""

    def __init__(self, tensors: dict[str, Tensor], name: str, matrix: torch.dtype) -> None:
        parts = [
            weight_and_bias(tensors, f"{name}.attention.self.{p}")
            for p in ("query", "key", "value")
        ]
        weight, bias = (torch.cat(both) for both in zip(*parts, strict=True))
        self._heads = (weight.to(matrix), bias.to(matrix))  # one product instead of three
        self._attended = weight_and_bias(tensors, f"{name}.attention.output.dense", matrix)
        self._first_norm = weight_and_bias(tensors, f"{name}.attention.output.LayerNorm")
        self._inner = weight_and_bias(tensors, f"{name}.intermediate.dense", matrix)
        self._outer = weight_and_bias(tensors, f"{name}.output.dense", matrix)
        self._second_norm = weight_and_bias(tensors, f"{name}.output.LayerNorm")
        self._matrix = matrix

    def __call__(self, hidden: Tensor, lengths: Sequence[int]) -> Tensor:
        width = hidden.shape[-1:]
        heads = linear(hidden.to(self._matrix), *self._heads).view(len(hidden), 3, -1, HEAD_SIZE)
        mixed = torch.cat([_attention(part) for part in torch.split(heads, list(lengths))])
        hidden = layer_norm(
            hidden + linear(mixed, *self._attended), width, *self._first_norm, EPSILON
        )
        inner = gelu(linear(hidden.to(self._matrix), *self._inner))
        return layer_norm(hidden + linear(inner, *self._outer), width, *self._second_norm, EPSILON)


def _attention(heads: Tensor) -> Tensor:
    """One text's (tokens, 3, heads, size) -> (tokens, width)."""
    query, key, value = heads.permute(1, 2, 0, 3).unsqueeze(1)
    return scaled_dot_product_attention(query, key, value)[0].transpose(0, 1).flatten(1)


def weight_and_bias(
    tensors: dict[str, Tensor], name: str, kind: torch.dtype = torch.float32
) -> tuple[Tensor, Tensor]:
    return tensors[f"{name}.weight"].to(kind), tensors[f"{name}.bias"].to(kind)


def best_type() -> torch.dtype:
    return torch.bfloat16 if native_bf16() else torch.float32
