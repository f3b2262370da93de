"""BERT (Devlin et al., 2019) with a span head, written for training: plain torch, padded batches.

Parameters bear the names of transformers' BertForQuestionAnswering. The word embeddings are no
parameter: they stay as they are. Activations are bf16 over fp32 weights where that is faster.
"""

from collections.abc import Mapping
from functools import cache
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from index.encoder.bert import native_bf16
from qa.training.pack.pack_file import PAD

HEAD_SIZE = 32  # of an attention head, as in multilingual-e5-small
EPSILON = 1e-12
WORDS = "embeddings.word_embeddings.weight"


@cache
def activation_dtype(device: str) -> torch.dtype:
    """The type of activations on a kind of device, `cuda` or `cpu`.

    On a CPU with AVX512-BF16 a step takes a third of the time that it takes in fp32.
    """
    return torch.bfloat16 if device == "cuda" or native_bf16() else torch.float32


class Layer(nn.Module):
    """A transformer layer."""

    def __init__(self, hidden: int, inner: int) -> None:
        super().__init__()
        attention = nn.ModuleDict({n: nn.Linear(hidden, hidden) for n in ("query", "key", "value")})
        self.attention = nn.ModuleDict({"self": attention, "output": _output(hidden, hidden)})
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(hidden, inner)})
        self.output = _output(inner, hidden)

    def forward(self, x: Tensor, bias: Tensor, dropout: float) -> Tensor:
        """Apply the layer to (rows, length, hidden); `bias` masks what is not attended to."""
        rows, length, hidden = x.shape
        parts = cast(nn.ModuleDict, self.attention["self"])
        projections = [cast(nn.Linear, parts[name]) for name in ("query", "key", "value")]
        joined = _linear(x, *projections).view(rows, length, 3, -1, HEAD_SIZE)
        query, key, value = joined.permute(2, 0, 3, 1, 4)
        attended = _attention(query, key, value, bias, dropout)
        attended = attended.transpose(1, 2).reshape(rows, length, hidden)
        x = _add(x, attended, cast(nn.ModuleDict, self.attention["output"]), dropout)
        inner = functional.gelu(_linear(x, cast(nn.Linear, self.intermediate["dense"])))
        return _add(x, inner, self.output, dropout)


class Bert(nn.Module):
    """The encoder's layers."""

    words: Tensor

    def __init__(self, words: Tensor, positions: int, layers: int, inner: int) -> None:
        super().__init__()
        hidden = words.shape[1]
        self.register_buffer("words", words, persistent=False)
        self.embeddings = nn.ModuleDict(
            {
                "position_embeddings": nn.Embedding(positions, hidden),
                "token_type_embeddings": nn.Embedding(2, hidden),
                "LayerNorm": nn.LayerNorm(hidden, EPSILON),
            }
        )
        self.encoder = nn.ModuleDict(
            {"layer": nn.ModuleList(Layer(hidden, inner) for _ in range(layers))}
        )

    def embed(self, ids: Tensor, dropout: float) -> Tensor:
        """Token ids (rows, length) -> (rows, length, hidden)."""
        tables = [
            cast(nn.Embedding, self.embeddings[n])
            for n in ("position_embeddings", "token_type_embeddings")
        ]
        x = self.words[ids] + tables[0].weight[: ids.shape[1]] + tables[1].weight[0]
        x = functional.dropout(_norm(x, cast(nn.LayerNorm, self.embeddings["LayerNorm"])), dropout)
        return x.to(activation_dtype(ids.device.type))


class Reader(nn.Module):
    """The span model. `frozen` layers, the lowest, and the embeddings below are not trained."""

    def __init__(self, bert: Bert, *, frozen: int = 0, dropout: float = 0.0) -> None:
        super().__init__()
        self.bert = bert
        self.qa_outputs = nn.Linear(bert.words.shape[1], 2)
        nn.init.normal_(self.qa_outputs.weight, std=0.02)
        nn.init.zeros_(self.qa_outputs.bias)
        self._frozen, self._dropout = frozen, dropout
        layers = self._layers()
        for module in [bert.embeddings, *layers[:frozen]] if frozen else []:
            module.requires_grad_(False)

    def forward(self, ids: Tensor) -> Tensor:
        """Token ids (rows, length) -> start and end logits (rows, length, 2), in fp32."""
        dropout = self._dropout if self.training else 0.0
        bias = torch.zeros(ids.shape, device=ids.device).masked_fill_(ids == PAD, -1e4)
        bias = bias[:, None, None, :]
        layers = self._layers()
        with torch.set_grad_enabled(torch.is_grad_enabled() and not self._frozen):
            x = self.bert.embed(ids, dropout)
            bias = bias.to(x.dtype)
            for layer in layers[: self._frozen]:
                x = layer(x, bias, dropout)
        for layer in layers[self._frozen :]:
            x = layer(x, bias, dropout)
        scores: Tensor = self.qa_outputs(x.float())
        return scores

    def _layers(self) -> list[Layer]:
        return [cast(Layer, layer) for layer in cast(nn.ModuleList, self.bert.encoder["layer"])]


def build_reader(
    encoder: Mapping[str, Tensor],
    start: Mapping[str, Tensor] | None = None,
    *,
    layers: int | None = None,
    frozen: int = 0,
    dropout: float = 0.0,
) -> Reader:
    """Build a reader from the encoder's weights, or from a reader's over the encoder's words.

    With `layers`, only that many evenly spaced ones are taken: 0, 2, 4, ... for half of them.

    Raises:
        KeyError: A weight is missing.
        RuntimeError: The weights do not fit together.
    """
    found = dict(start) if start else {f"bert.{name}": t for name, t in encoder.items()}
    count = 1 + max(int(n.split(".layer.")[1].split(".")[0]) for n in found if ".layer." in n)
    chosen = range(count) if layers is None else [n * count // layers for n in range(layers)]
    inner, _ = found["bert.encoder.layer.0.intermediate.dense.weight"].shape
    positions, _ = found["bert.embeddings.position_embeddings.weight"].shape
    model = Reader(
        Bert(encoder[WORDS], positions, len(chosen), inner), frozen=frozen, dropout=dropout
    )
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.startswith("qa_outputs") and not start:
                continue
            if ".layer." in name:
                before, after = name.split(".layer.")
                number, rest = after.split(".", 1)
                name = f"{before}.layer.{chosen[int(number)]}.{rest}"
            parameter.copy_(found[name][: len(parameter)])
    return model


def _output(inner: int, hidden: int) -> nn.ModuleDict:
    parts = {"dense": nn.Linear(inner, hidden), "LayerNorm": nn.LayerNorm(hidden, EPSILON)}
    return nn.ModuleDict(parts)


def _linear(x: Tensor, *parts: nn.Linear) -> Tensor:
    """Apply layers of the same input at once, in the input's precision."""
    if len(parts) == 1:
        weight, bias = (t.to(x.dtype) for t in (parts[0].weight, parts[0].bias))
    else:
        weight = torch.cat([part.weight for part in parts]).to(x.dtype)
        bias = torch.cat([part.bias for part in parts]).to(x.dtype)
    return functional.linear(x, weight, bias)


def _norm(x: Tensor, norm: nn.LayerNorm) -> Tensor:
    weight, bias = norm.weight.to(x.dtype), norm.bias.to(x.dtype)
    return functional.layer_norm(x, norm.normalized_shape, weight, bias, EPSILON)


def _add(x: Tensor, inner: Tensor, output: nn.ModuleDict, dropout: float) -> Tensor:
    dense = functional.dropout(_linear(inner, cast(nn.Linear, output["dense"])), dropout)
    return _norm(x + dense, cast(nn.LayerNorm, output["LayerNorm"]))


def _attention(query: Tensor, key: Tensor, value: Tensor, bias: Tensor, dropout: float) -> Tensor:
    if query.is_cuda:
        return functional.scaled_dot_product_attention(query, key, value, bias, dropout)
    # sdpa is slow to train on a CPU
    weights = (query * HEAD_SIZE**-0.5) @ key.transpose(-1, -2) + bias
    return functional.dropout(weights.softmax(-1), dropout) @ value
