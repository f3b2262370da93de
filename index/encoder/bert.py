"""The layers of BERT (Devlin et al., 2019), run over several texts of any lengths at once.

The question encoder and the reader are built from them. Weights and activations of the matrix
products are bf16 where the processor has instructions for it (AMX, AVX512-BF16), else fp32; sums
and norms are fp32 on both. This module reads no files and does not tokenize.
"""

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor
from torch.nn.functional import gelu, layer_norm, linear, scaled_dot_product_attention

LAYER_NORM_EPSILON = 1e-12
HEAD_SIZE = 32
BLOCK = 16  # attention over 191 tokens takes twice as long as over 192
# Batches of more rows than this are padded to a multiple of it: torch compiles and caches a kernel
# for each number of rows, which costs more time than a few spare rows, and some megabytes.
ROWS = 128


class PackedBatch:
    """Texts stacked as one long matrix, and the attention mask of each.

    Each text is padded to a multiple of BLOCK rows, a long batch to a multiple of ROWS. `unpack`
    drops the padding.
    """

    def __init__(self, texts: Sequence[Sequence[int]], dtype: torch.dtype) -> None:
        """Pack token ids, one sequence per text; `dtype` is that of the matrix products."""
        self._lengths = [len(text) for text in texts]
        self.blocks = [_round_up(length, BLOCK) for length in self._lengths]
        total = sum(self.blocks)
        if total > ROWS and (spare := _round_up(total, ROWS) - total):
            self.blocks.append(spare)  # a text of padding alone, which `unpack` drops
        self.ids = torch.zeros(sum(self.blocks), dtype=torch.long)
        for rows, text in zip(torch.split(self.ids, self.blocks), texts, strict=False):
            rows[: len(text)] = torch.tensor(text)
        self.positions = torch.cat([torch.arange(block) for block in self.blocks])
        self.masks = [torch.zeros(1, 1, 1, block, dtype=dtype) for block in self.blocks]
        for mask, length in zip(self.masks, self._lengths, strict=False):
            mask[..., length:] = float("-inf")

    def unpack(self, rows: Tensor) -> list[Tensor]:
        """Split the rows of the batch by text, without the padding."""
        parts = zip(torch.split(rows, self.blocks), self._lengths, strict=False)
        return [part[:length] for part, length in parts]


class Layer:
    """One transformer layer over a batch of shape (rows, width)."""

    def __init__(self, tensors: Mapping[str, Tensor], name: str, dtype: torch.dtype) -> None:
        parts = [
            weight_and_bias(tensors, f"{name}.attention.self.{p}")
            for p in ("query", "key", "value")
        ]
        weight, bias = (torch.cat(both) for both in zip(*parts, strict=True))
        self._query_key_value = _Linear(weight, bias, dtype)  # one product instead of three
        self._attention_output = _linear(tensors, f"{name}.attention.output.dense", dtype)
        self._attention_norm = weight_and_bias(tensors, f"{name}.attention.output.LayerNorm")
        self._intermediate = _linear(tensors, f"{name}.intermediate.dense", dtype)
        self._output = _linear(tensors, f"{name}.output.dense", dtype)
        self._output_norm = weight_and_bias(tensors, f"{name}.output.LayerNorm")

    def __call__(self, hidden: Tensor, batch: PackedBatch) -> Tensor:
        """Run the layer: fp32 hidden states of shape (rows, width) in and out."""
        width = hidden.shape[-1:]
        heads = self._query_key_value(hidden).view(len(hidden), 3, -1, HEAD_SIZE)
        texts = zip(torch.split(heads, batch.blocks), batch.masks, strict=True)
        context = self._attention_output(torch.cat([_attention(*text) for text in texts]))
        hidden = layer_norm(hidden + context, width, *self._attention_norm, LAYER_NORM_EPSILON)
        output = self._output(self._intermediate.gelu(hidden))
        return layer_norm(hidden + output, width, *self._output_norm, LAYER_NORM_EPSILON)


class Bert:
    """Token ids of texts -> the hidden states of the last layer."""

    def __init__(
        self,
        tensors: Mapping[str, Tensor],
        prefix: str,
        word_embeddings: Tensor,
        dtype: torch.dtype,
    ) -> None:
        """Build the layers.

        Args:
            tensors: Weights by their names in transformers, each after `prefix`.
            prefix: "bert." in a model with a head, "" in a bare encoder.
            word_embeddings: Of shape (vocabulary, width); may be memory-mapped.
            dtype: Of the matrix products.
        """
        self._word_embeddings, self._dtype = word_embeddings, dtype
        self.width = word_embeddings.shape[1]
        self._positions = tensors[f"{prefix}embeddings.position_embeddings.weight"]
        self._type = tensors[f"{prefix}embeddings.token_type_embeddings.weight"][0]
        self._norm = weight_and_bias(tensors, f"{prefix}embeddings.LayerNorm")
        count = sum(name.endswith("intermediate.dense.bias") for name in tensors)
        self._layers = [Layer(tensors, f"{prefix}encoder.layer.{n}", dtype) for n in range(count)]

    def __call__(self, texts: Sequence[Sequence[int]]) -> list[Tensor]:
        """Run the layers: one fp32 tensor of shape (tokens, width) per text."""
        batch = PackedBatch(texts, self._dtype)
        hidden = self._word_embeddings[batch.ids] + self._positions[batch.positions] + self._type
        hidden = layer_norm(hidden, hidden.shape[-1:], *self._norm, LAYER_NORM_EPSILON)
        for layer in self._layers:
            hidden = layer(hidden, batch)
        return batch.unpack(hidden)


class _Linear:
    """`torch.nn.functional.linear`, with bf16 weights reordered for the processor only once.

    torch itself reorders them at every call. The operators that avoid it are private to torch;
    where a version lacks them, `linear` gives the same result more slowly.
    """

    def __init__(self, weight: Tensor, bias: Tensor, dtype: torch.dtype) -> None:
        self._dtype = dtype
        self._weight, self._bias = weight.to(dtype).contiguous(), bias.to(dtype)
        reorder = _mkldnn("_reorder_linear_weight") if dtype == torch.bfloat16 else None
        self._fused = _mkldnn("_linear_pointwise") if reorder else None
        if reorder and self._fused:
            self._weight = reorder(self._weight, ROWS)

    def __call__(self, rows: Tensor) -> Tensor:
        rows = rows.to(self._dtype)
        if self._fused:
            return self._fused(rows, self._weight, self._bias, "none", [], None)
        return linear(rows, self._weight, self._bias)

    def gelu(self, rows: Tensor) -> Tensor:
        """The product followed by the exact (erf) GELU."""
        rows = rows.to(self._dtype)
        if self._fused:
            return self._fused(rows, self._weight, self._bias, "gelu", [], "none")
        return gelu(linear(rows, self._weight, self._bias))


def _mkldnn(operator: str) -> Callable[..., Tensor] | None:
    """A private oneDNN operator of torch; None if this version or build has none of that name."""
    return getattr(torch.ops.mkldnn, operator, None)


def _attention(heads: Tensor, mask: Tensor) -> Tensor:
    """Attention within one text: (rows, 3, heads, head size) -> (rows, width)."""
    query, key, value = heads.permute(1, 2, 0, 3).unsqueeze(1)
    context = scaled_dot_product_attention(query, key, value, attn_mask=mask)
    return context[0].transpose(0, 1).flatten(1)


def _linear(tensors: Mapping[str, Tensor], name: str, dtype: torch.dtype) -> _Linear:
    return _Linear(*weight_and_bias(tensors, name), dtype)


def _round_up(number: int, step: int) -> int:
    return -(-number // step) * step


def weight_and_bias(tensors: Mapping[str, Tensor], name: str) -> tuple[Tensor, Tensor]:
    """The fp32 weight and bias of the module `name`; KeyError if either is missing."""
    return tensors[f"{name}.weight"].float(), tensors[f"{name}.bias"].float()


def native_bf16() -> bool:
    """Whether the processor multiplies bf16 natively; fp32 is faster where it does not.

    oneDNN calls bf16 supported on every processor with AVX-512, but emulates it on those without
    the bf16 instructions, at a third of the speed of fp32: so the instructions are asked for too. A
    torch that cannot tell counts as no: fp32 is correct on every processor.
    """
    supported = getattr(torch.ops.mkldnn, "_is_mkldnn_bf16_supported", None)
    avx512 = torch.backends.cpu.get_cpu_capability().startswith("AVX512")
    instructions: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    has_bf16 = any(instructions.get(name) for name in ("avx512_bf16", "amx_bf16"))
    return avx512 and has_bf16 and supported is not None and bool(supported())


def best_dtype() -> torch.dtype:
    """The fastest type for matrix products on this processor."""
    return torch.bfloat16 if native_bf16() else torch.float32
