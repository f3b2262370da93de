"""Tokenise groups of windows and batch them by length, so that little is spent on padding."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from .contexts import Context, Group

START, PAD, END = 0, 1, 2  # the encoder's `<s>`, `<pad>`, `</s>`
QUESTION_TOKENS = 64
PAIR_TOKENS = 256  # groups with a longer pair are dropped
BATCH_TOKENS = 2048  # in a batch, padding included
LENGTH_STEP = 8  # lengths are rounded up to it: few shapes, so that kernels are compiled once

Contexts = Sequence[Context] | Mapping[int, Context]  # by position


@dataclass(frozen=True, slots=True)
class Row:
    """A question-window pair as token ids.

    `first` is the position of the window's first token; `spans` are the answers as positions of
    their first and last tokens.
    """

    ids: list[int]
    first: int
    spans: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded pairs, the windows of one group next to each other.

    Shapes: `ids`, `mask` (1 at every token) and `valid` (true at the window's tokens) are
    (windows, length); `spans` is (windows, answers, 2), -1 where there is none; `group` is
    (windows,) and numbers the questions.
    """

    ids: Tensor
    mask: Tensor
    valid: Tensor
    spans: Tensor
    group: Tensor


def encode(groups: Sequence[Group], contexts: Contexts, tokenizer: Tokenizer) -> list[list[Row]]:
    """Tokenise each group; drop those with a pair that is too long or without a marked answer."""
    windows = [w for g in groups for w in g.windows]
    texts = [contexts[w.context].text[w.start : w.end] for w in windows]
    questions = tokenizer.encode_batch([g.question for g in groups], add_special_tokens=False)
    encodings = iter(tokenizer.encode_batch(texts, add_special_tokens=False))
    encoded: list[list[Row]] = []
    for group, question in zip(groups, questions, strict=True):
        head = [START, *question.ids[:QUESTION_TOKENS], END, END]
        rows = []
        for window in group.windows:
            encoding = next(encodings)
            spans = [
                _token_span(encoding.offsets, a - window.start, b - window.start)
                for a, b in window.answers
            ]
            spans = [(len(head) + a, len(head) + b) for a, b in dict.fromkeys(spans) if a <= b]
            rows.append(Row([*head, *encoding.ids, END], len(head), spans))
        if rows[0].spans and all(len(r.ids) <= PAIR_TOKENS for r in rows):
            encoded.append(rows)
    return encoded


def _token_span(offsets: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Return the first and last token of code points start to end, (1, 0) if there is none."""
    inside = [i for i, (a, b) in enumerate(offsets) if a < end and b > start and a < b]
    return (inside[0], inside[-1]) if inside else (1, 0)


def batches(encoded: Sequence[list[Row]], rng: random.Random) -> Iterator[Batch]:
    """Yield batches of groups of similar length, in random order."""
    longest = {id(g): _round_up(max(len(r.ids) for r in g)) for g in encoded}
    ordered = sorted(encoded, key=lambda g: (longest[id(g)], rng.random()))
    bins: list[list[list[Row]]] = [[]]
    rows = 0
    for group in ordered:
        if bins[-1] and (rows + len(group)) * longest[id(group)] > BATCH_TOKENS:
            bins.append([])
            rows = 0
        bins[-1].append(group)
        rows += len(group)
    rng.shuffle(bins)
    return (collate(p) for p in bins if p)


def _round_up(length: int) -> int:
    return -(-length // LENGTH_STEP) * LENGTH_STEP


def collate(groups: Sequence[list[Row]]) -> Batch:
    """Pad the rows of all groups into one batch."""
    rows = [r for g in groups for r in g]
    length = _round_up(max(len(r.ids) for r in rows))
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
