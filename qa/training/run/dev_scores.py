"""Figures on questions that are not trained on: are answers found, and is their absence noticed?

Exact match and F1 over tokens with the right paragraph given. AUROC of the best score of windows
with the answer against that of windows without, the latter by their length: a model that takes
length for a sign of the answer shows in the longest. A quick check while training: the model's best
spans are taken as they are, without the rules that the shipped reader applies.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from qa.training.data.batches import Row, Rows, pad_rows
from qa.training.data.sampling import CONTEXT, RANKED, GroupSampler
from qa.training.data.windows import Window
from qa.training.model.bert import Reader
from qa.training.model.loss import scores_over_null
from qa.training.pack.pack_file import Pack

from .team import Team

SPAN_TOKENS = 40  # longest span
LENGTH_BINS = (75, 105, 135)  # tokens of a window, where the next bin begins
ANSWER, RANKED_PASSAGE, NEAR, UNANSWERABLE = "answer", "ranked", "near_miss", "unanswerable"

Span = tuple[float, int, int]  # score, first and last token in `Texts.tokens`


@dataclass(frozen=True, slots=True)
class DevSet:
    """A sample of the questions of a split."""

    name: str
    sampler: GroupSampler
    rows: Rows
    questions: Sequence[int]


def load_dev_sets(pack: Pack, count: int) -> list[DevSet]:
    """Return the splits that are not trained on, each with `count` evenly spaced questions."""
    sets = []
    for name, texts in pack.splits.items():
        total = len(texts.question_context)
        if name != "train" and total:
            questions = np.linspace(0, total - 1, min(count, total)).astype(int).tolist()
            sets.append(DevSet(name, GroupSampler(pack, texts), Rows(pack, texts), questions))
    return sets


class DevScores:
    """Measures a model on dev sets, each process of the team on a part of the questions."""

    def __init__(self, sets: Sequence[DevSet], team: Team, chunk_tokens: int) -> None:
        self._sets, self._team, self._chunk_tokens = sets, team, chunk_tokens

    def __call__(self, model: Reader) -> dict[str, Any]:
        """Return the figures by the set's name."""
        model.train(False)
        return {dev.name: self._figures(model, dev) for dev in self._sets}

    def _figures(self, model: Reader, dev: DevSet) -> dict[str, Any]:
        questions = dev.questions[self._team.rank :: self._team.size]
        cases = [case for question in questions for case in _cases(dev, question)]
        spans = best_spans(model, [row for row, _, _, _ in cases], self._chunk_tokens)
        given: dict[int, Span] = {}
        windows = []
        for (_, question, kind, length), span in zip(cases, spans, strict=True):
            if kind == "given":
                given[question] = max(given.get(question, span), span)
            else:
                windows.append((kind, length, span[0]))
        answers = {q: dev.sampler.anchors.of_question(q) for q in given}
        pairs = [agreement(given[q], [(a.first, a.last) for a in answers[q]]) for q in given]
        pairs, windows = self._team.gather(pairs), self._team.gather(windows)
        return {**_means(pairs), **_separation(windows)}


def _cases(dev: DevSet, question: int) -> Iterable[tuple[Row, int, str, int]]:
    """Yield the rows to score, each with the question, what it is for, and its length."""
    sampler, texts = dev.sampler, dev.sampler.texts
    rng = random.Random(f"dev {question}")  # noqa: S311
    start, end = texts.question_start[question : question + 2]
    mark = sampler.mark(question)
    tokens = [*mark, *texts.question_tokens[start:end].tolist()]
    drawn: list[tuple[str, list[int], Window | None]] = []
    if sampler.anchors.of_question(question):
        for window in sampler.passages(int(texts.question_context[question])):
            yield dev.rows.row(tokens, window), question, "given", 0
        window = sampler.window_with(question, rng)
        drawn.append((ANSWER, tokens, window))
        near = sampler.near_misses(question)
        drawn += [(NEAR, near[0], window)] if near else []
    else:
        drawn.append((UNANSWERABLE, tokens, sampler.window_without(question, CONTEXT, rng)))
    drawn.append((RANKED_PASSAGE, tokens, sampler.window_without(question, RANKED, rng)))
    for kind, asked, cut in drawn:
        if cut:
            yield dev.rows.row(asked, cut), question, kind, cut.end - cut.start


@torch.no_grad()
def best_spans(model: Reader, rows: Sequence[Row], chunk_tokens: int) -> list[Span]:
    """Return the best span of each row."""
    if not rows:
        return []
    device = next(model.parameters()).device
    order = sorted(range(len(rows)), key=lambda n: len(rows[n].ids))
    found: list[Span] = []
    for chunk in pad_rows([rows[n] for n in order], chunk_tokens):
        part = [rows[n] for n in order[len(found) : len(found) + len(chunk)]]
        valid = torch.zeros(chunk.shape, dtype=torch.bool)
        for number, row in enumerate(part):
            valid[number, row.first : len(row.ids) - 1] = True
        scores = scores_over_null(model(chunk.to(device)), valid.to(device))
        length = scores.shape[1]
        allowed = torch.ones(length, length, device=device).triu().tril(SPAN_TOKENS - 1).bool()
        sums = scores[:, :, None, 0] + scores[:, None, :, 1]
        best, cell = sums.masked_fill(~allowed, -1e9).flatten(1).max(1)
        for row, score, place in zip(part, best.tolist(), cell.tolist(), strict=True):
            first, last = divmod(place, length)
            found.append((score, first - row.offset, last - row.offset))
    by_row = dict(zip(order, found, strict=True))
    return [by_row[n] for n in range(len(rows))]


def agreement(span: Span, answers: Iterable[tuple[int, int]]) -> tuple[float, float]:
    """Return exact match and F1 over tokens with the best of the answers, as 0 to 1."""
    _, first, last = span
    exact = overlap = 0.0
    for a, b in answers:
        common = max(0, min(b, last) - max(a, first) + 1)
        exact = max(exact, float((a, b) == (first, last)))
        overlap = max(overlap, 2 * common / (b - a + 1 + last - first + 1))
    return exact, overlap


def auroc(above: Sequence[float], below: Sequence[float]) -> float | None:
    """Return how often a score of `above` is higher than one of `below`; None if one is empty."""
    if not above or not below:
        return None
    ordered = np.sort(below)
    wins = np.searchsorted(ordered, above) + np.searchsorted(ordered, above, "right")
    return round(float(wins.mean() / (2 * len(below))), 3)


def _means(pairs: Sequence[tuple[float, float]]) -> dict[str, Any]:
    if not pairs:
        return {}
    exact, overlap = (round(float(100 * np.mean(column)), 1) for column in zip(*pairs, strict=True))
    return {"exact": exact, "f1": overlap}


def _separation(windows: Sequence[tuple[str, int, float]]) -> dict[str, Any]:
    """AUROC of windows with the answer against each kind without: of all lengths, then by bin."""
    by_kind: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for kind, length, score in windows:
        by_kind[kind].append((length, score))
    above = [score for _, score in by_kind.pop(ANSWER, [])]
    figures: dict[str, Any] = {}
    for kind, cases in sorted(by_kind.items()):
        lengths: NDArray[np.int64] = np.digitize([length for length, _ in cases], LENGTH_BINS)
        scores = np.array([score for _, score in cases])
        figures[kind] = auroc(above, scores.tolist())
        bins = range(len(LENGTH_BINS) + 1)
        figures[f"{kind}_by_length"] = [auroc(above, scores[lengths == b].tolist()) for b in bins]
    return figures
