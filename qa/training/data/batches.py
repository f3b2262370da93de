"""Turn groups of windows into batches of token ids, so that little is spent on padding.

A batch is what one step reads. Its rows are sorted by length and split into chunks that the model
reads one after the other; the losses see the scores of all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from qa.training.pack.pack_file import END, PAD, QUESTION_TOKENS, START, Pack, Texts

from .sampling import Group
from .windows import Window

LENGTH_STEP = 8  # lengths are rounded up to it: few shapes, so that kernels are compiled once


@dataclass(frozen=True, slots=True)
class Row:
    """A question-window pair as token ids.

    `first` is the position of the window's first token, and `offset` what must be subtracted from a
    position in the row for one in `Texts.tokens`.
    """

    ids: list[int]
    first: int
    offset: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs sorted by length.

    Attributes:
        chunks: Token ids of neighbouring rows, each (rows, length), PAD after the end of a row.
        valid: (rows, length of the longest), true at the window's tokens.
        spans: (rows, answers, 2), first and last token of each answer, -1 where there is none.
        group: (rows,) numbers the questions.
    """

    chunks: list[Tensor]
    valid: Tensor
    spans: Tensor
    group: Tensor

    def to(self, device: torch.device) -> "Batch":
        """Copy to the device."""
        chunks = [chunk.to(device, non_blocking=True) for chunk in self.chunks]
        rest = (t.to(device, non_blocking=True) for t in (self.valid, self.spans, self.group))
        return Batch(chunks, *rest)


class Rows:
    """Makes rows from windows of one split."""

    def __init__(self, pack: Pack, texts: Texts) -> None:
        self._tokens = texts.tokens
        self._space = pack.pieces.index("▁") if "▁" in pack.pieces else None
        self._starts_word = np.array([piece.startswith("▁") for piece in pack.pieces])

    def row(self, question: Sequence[int], window: Window) -> Row:
        """Make a pair as the reader does: a text always starts with a space."""
        ids = self._tokens[window.start : window.end]
        lead = [] if self._space is None or self._starts_word[ids[0]] else [self._space]
        head = [START, *question[:QUESTION_TOKENS], END, END]
        offset = len(head) + len(lead) - window.start
        return Row([*head, *lead, *ids.tolist(), END], len(head), offset)


def collate(groups: Sequence[Group], rows: Rows, chunk_tokens: int) -> Batch:
    """Make one batch of the groups, in chunks of at most `chunk_tokens`, padding included."""
    pairs = []
    for number, group in enumerate(groups):
        for window, spans in zip(group.windows, group.spans, strict=True):
            row = rows.row(group.question, window)
            inside = [(a + row.offset, b + row.offset) for a, b in spans]
            pairs.append((row, inside, number))
    pairs.sort(key=lambda pair: len(pair[0].ids))
    chunks = pad_rows([row for row, _, _ in pairs], chunk_tokens)
    answers = max(1, *(len(spans) for _, spans, _ in pairs))
    valid = torch.zeros((len(pairs), chunks[-1].shape[1]), dtype=torch.bool)
    padded = torch.full((len(pairs), answers, 2), -1)
    for place, (row, spans, _) in enumerate(pairs):
        valid[place, row.first : len(row.ids) - 1] = True
        if spans:
            padded[place, : len(spans)] = torch.tensor(spans)
    return Batch(chunks, valid, padded, torch.tensor([number for _, _, number in pairs]))


def pad_rows(rows: Sequence[Row], chunk_tokens: int) -> list[Tensor]:
    """Pad rows, which are sorted by length, in chunks of at most `chunk_tokens`."""
    parts: list[list[Row]] = [[]]
    for row in rows:
        if parts[-1] and (len(parts[-1]) + 1) * _round_up(len(row.ids)) > chunk_tokens:
            parts.append([])
        parts[-1].append(row)
    return [_pad([row.ids for row in part]) for part in parts if part]


def _pad(rows: Sequence[list[int]]) -> Tensor:
    ids = torch.full((len(rows), _round_up(max(map(len, rows)))), PAD)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = torch.tensor(row)
    return ids


def _round_up(length: int) -> int:
    return -(-length // LENGTH_STEP) * LENGTH_STEP
