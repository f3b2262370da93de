"""Groups of windows -> padded tensors, batched by length so that little is spent on padding."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from .contexts import Context, Group

START, PAD, END = 0, 1, 2  # the encoder's `<s>`, `<pad>`, `</s>`
QUESTION_TOKENS = 64
PAIR_TOKENS = 256  # longer pairs are left out
BATCH_TOKENS = 2048  # of a batch, with padding
LENGTH_STEP = 8  # lengths are multiples of it: few shapes, so that their kernels are made once


Contexts = Sequence[Context] | Mapping[int, Context]  # by number


@dataclass(frozen=True, slots=True)
class Row:
    """One pair as ids, the position of the window's first token, and its answers in positions."""

    ids: list[int]
    first: int
    spans: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Batch:
    """See `training_loss` for the shapes; `mask` is 1 at every token, `valid` at the window's."""

    ids: Tensor
    mask: Tensor
    valid: Tensor
    spans: Tensor
    group: Tensor


def encode(groups: Sequence[Group], contexts: Contexts, tokenizer: Tokenizer) -> list[list[Row]]:
    """The rows of each group; groups with a pair that is too long are left out."""
    windows = [w for g in groups for w in g.windows]
    texts = [contexts[w.context].text[w.start : w.end] for w in windows]
    asked = tokenizer.encode_batch([g.question for g in groups], add_special_tokens=False)
    read = iter(tokenizer.encode_batch(texts, add_special_tokens=False))
    found: list[list[Row]] = []
    for group, question in zip(groups, asked, strict=True):
        head = [START, *question.ids[:QUESTION_TOKENS], END, END]
        rows = []
        for window in group.windows:
            encoding = next(read)
            spans = [
                _tokens(encoding.offsets, a - window.start, b - window.start)
                for a, b in window.answers
            ]
            spans = [(len(head) + a, len(head) + b) for a, b in dict.fromkeys(spans) if a <= b]
            rows.append(Row([*head, *encoding.ids, END], len(head), spans))
        if rows[0].spans and all(len(r.ids) <= PAIR_TOKENS for r in rows):
            found.append(rows)
    return found


def _tokens(offsets: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The first and the last token of code points start to end; (1, 0) when there is none."""
    inside = [i for i, (a, b) in enumerate(offsets) if a < end and b > start and a < b]
    return (inside[0], inside[-1]) if inside else (1, 0)


def batches(encoded: Sequence[list[Row]], rng: random.Random) -> Iterator[Batch]:
    """Group rows of like length into batches, in random order of batches."""
    longest = {id(g): _rounded(max(len(r.ids) for r in g)) for g in encoded}
    ordered = sorted(encoded, key=lambda g: (longest[id(g)], rng.random()))
    packed: list[list[list[Row]]] = [[]]
    rows = 0
    for group in ordered:
        if packed[-1] and (rows + len(group)) * longest[id(group)] > BATCH_TOKENS:
            packed.append([])
            rows = 0
        packed[-1].append(group)
        rows += len(group)
    rng.shuffle(packed)
    return (collate(p) for p in packed if p)


def _rounded(length: int) -> int:
    return -(-length // LENGTH_STEP) * LENGTH_STEP


def collate(groups: Sequence[list[Row]]) -> Batch:
    rows = [r for g in groups for r in g]
    length = _rounded(max(len(r.ids) for r in rows))
    answers = max(1, *(len(r.spans) for r in rows))
    ids = torch.full((len(rows), length), PAD)
    valid = torch.zeros((len(rows), length), dtype=torch.bool)
    spans = torch.full((len(rows), answers, 2), -1)
    for number, row in enumerate(rows):
        ids[number, : len(row.ids)] = torch.tensor(row.ids)
        valid[number, row.first : len(row.ids) - 1] = True
        if row.spans:
            spans[number, : len(row.spans)] = torch.tensor(row.spans)
    group = torch.tensor([n for n, g in enumerate(groups) for _ in g])
    return Batch(ids, (ids != PAD).long(), valid, spans, group)
