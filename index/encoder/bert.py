"""Layers of BERT (Devlin et al., 2019) over several texts at a time, of any lengths.

The encoder of questions and the reader are made of them. Matrices are bf16 where the processor
multiplies bf16 itself (AMX, AVX-512), else fp32; sums and norms are fp32 on both.
"""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn.functional import gelu, layer_norm, linear, scaled_dot_product_attention

from .sentence import native_bf16

EPSILON = 1e-12  # of the layer norms
HEAD_SIZE = 32
BLOCK = 16  # attention over 191 tokens takes twice as long as over 192
# Rows computed together are made up to a multiple of it: torch makes and keeps a kernel for each
# number of rows that it meets, which takes longer than a few rows more, and some megabytes.
ROWS = 128


class Packing:
    """Texts below each other in one long matrix, and what attention may look at.

    Each is made up to a multiple of BLOCK rows, a long matrix to one of ROWS; `parts` leaves out
    what was added.
    """

    def __init__(self, texts: Sequence[Sequence[int]], matrix: torch.dtype) -> None:
        """Token ids of the texts; `matrix` is the type of the layers' products."""
        self._lengths = [len(text) for text in texts]
        self.blocks = [_up(length, BLOCK) for length in self._lengths]
        total = sum(self.blocks)
        if total > ROWS and (spare := _up(total, ROWS) - total):
            self.blocks.append(spare)  # a text that nobody looks at
        self.ids = torch.zeros(sum(self.blocks), dtype=torch.long)
        for part, text in zip(torch.split(self.ids, self.blocks), texts, strict=False):
            part[: len(text)] = torch.tensor(text)
        self.positions = torch.cat([torch.arange(block) for block in self.blocks])
        self.masks = [torch.zeros(1, 1, 1, block, dtype=matrix) for block in self.blocks]
        for mask, length in zip(self.masks, self._lengths, strict=False):
            mask[..., length:] = float("-inf")

    def parts(self, rows: Tensor) -> list[Tensor]:
        """The rows of each text."""
        parts = zip(torch.split(rows, self.blocks), self._lengths, strict=False)
        return [part[:length] for part, length in parts]


class Layer:
    """One transformer layer over (rows, width)."""

    def __init__(self, tensors: dict[str, Tensor], name: str, matrix: torch.dtype) -> None:
        parts = [
            weight_and_bias(tensors, f"{name}.attention.self.{p}")
            for p in ("query", "key", "value")
        ]
        weight, bias = (torch.cat(both) for both in zip(*parts, strict=True))
        self._heads = _Product(weight, bias, matrix)  # one product instead of three
        self._attended = _product(tensors, f"{name}.attention.output.dense", matrix)
        self._first_norm = weight_and_bias(tensors, f"{name}.attention.output.LayerNorm")
        self._inner = _product(tensors, f"{name}.intermediate.dense", matrix)
        self._outer = _product(tensors, f"{name}.output.dense", matrix)
        self._second_norm = weight_and_bias(tensors, f"{name}.output.LayerNorm")

    def __call__(self, hidden: Tensor, packing: Packing) -> Tensor:
        width = hidden.shape[-1:]
        heads = self._heads(hidden).view(len(hidden), 3, -1, HEAD_SIZE)
        parts = zip(torch.split(heads, packing.blocks), packing.masks, strict=True)
        mixed = torch.cat([_attention(part, mask) for part, mask in parts])
        hidden = layer_norm(hidden + self._attended(mixed), width, *self._first_norm, EPSILON)
        inner = self._inner.gelu(hidden)
        return layer_norm(hidden + self._outer(inner), width, *self._second_norm, EPSILON)


class Bert:
    """Token ids of texts -> what the last layer says of each token."""

    def __init__(
        self, tensors: dict[str, Tensor], prefix: str, words: Tensor, matrix: torch.dtype
    ) -> None:
        """`tensors` by their names in transformers after `prefix`, but for the embeddings `words`.

        `matrix` is the type of the layers' products.
        """
        self._words, self._matrix = words, matrix
        self.width = words.shape[1]
        self._positions = tensors[f"{prefix}embeddings.position_embeddings.weight"]
        self._type = tensors[f"{prefix}embeddings.token_type_embeddings.weight"][0]
        self._norm = weight_and_bias(tensors, f"{prefix}embeddings.LayerNorm")
        count = sum(name.endswith("intermediate.dense.bias") for name in tensors)
        self._layers = [Layer(tensors, f"{prefix}encoder.layer.{n}", matrix) for n in range(count)]

    def __call__(self, texts: Sequence[Sequence[int]]) -> list[Tensor]:
        """Of each text (tokens, width), fp32."""
        packing = Packing(texts, self._matrix)
        hidden = self._words[packing.ids] + self._positions[packing.positions] + self._type
        hidden = layer_norm(hidden, hidden.shape[-1:], *self._norm, EPSILON)
        for layer in self._layers:
            hidden = layer(hidden, packing)
        return packing.parts(hidden)


class _Product:
    """`linear`, with bf16 weights laid out for the processor once; torch does it at every call."""

    def __init__(self, weight: Tensor, bias: Tensor, matrix: torch.dtype) -> None:
        self._matrix, self._laid_out = matrix, matrix == torch.bfloat16
        self._weight, self._bias = weight.to(matrix).contiguous(), bias.to(matrix)
        if self._laid_out:
            self._weight = torch.ops.mkldnn._reorder_linear_weight(self._weight, ROWS)

    def __call__(self, rows: Tensor) -> Tensor:
        rows = rows.to(self._matrix)
        if not self._laid_out:
            return linear(rows, self._weight, self._bias)
        return self._mkldnn(rows, "none", None)

    def gelu(self, rows: Tensor) -> Tensor:
        rows = rows.to(self._matrix)
        if not self._laid_out:
            return gelu(linear(rows, self._weight, self._bias))
        return self._mkldnn(rows, "gelu", "none")

    def _mkldnn(self, rows: Tensor, after: str, kind: str | None) -> Tensor:
        found: Tensor = torch.ops.mkldnn._linear_pointwise(
            rows, self._weight, self._bias, after, [], kind
        )
        return found


def _attention(heads: Tensor, mask: Tensor) -> Tensor:
    """One text's (rows, 3, heads, size) -> (rows, width)."""
    query, key, value = heads.permute(1, 2, 0, 3).unsqueeze(1)
    mixed = scaled_dot_product_attention(query, key, value, attn_mask=mask)
    return mixed[0].transpose(0, 1).flatten(1)


def _product(tensors: dict[str, Tensor], name: str, matrix: torch.dtype) -> _Product:
    return _Product(*weight_and_bias(tensors, name), matrix)


def _up(number: int, step: int) -> int:
    return -(-number // step) * step


def weight_and_bias(tensors: dict[str, Tensor], name: str) -> tuple[Tensor, Tensor]:
    return tensors[f"{name}.weight"].float(), tensors[f"{name}.bias"].float()


def best_type() -> torch.dtype:
    return torch.bfloat16 if native_bf16() else torch.float32
