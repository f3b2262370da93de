"""Losses of the reader: mark the answer, and score windows so that they can be compared.

A window's score is its best span's score minus that of the null answer, which is at position 0.
Two losses are added. Per window: cross-entropy over all of its positions and the null. Per
question: the same over the positions of *all* of its windows, each minus its own window's null
(shared normalisation, Clark & Gardner, 2018, https://arxiv.org/abs/1710.10723), so that scores
of different passages are comparable.
"""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn.functional import pad

MASKED = -1e4  # score of a masked position; finite, so that no gradient is NaN


def scores_over_null(logits: Tensor, valid: Tensor) -> Tensor:
    """Subtract the null's logits: start and end logits (windows, length, 2) -> same shape.

    `valid` (windows, length) is true at the window's own tokens; elsewhere the score is MASKED.
    """
    return (logits - logits[:, :1]).masked_fill(~valid[..., None], MASKED)


def window_loss(scores: Tensor, spans: Tensor) -> Tensor:
    """Return the mean loss of windows read alone; one without spans must choose the null.

    Any acceptable answer will do: the loss is that of the sum of their probabilities.

    Args:
        scores: (windows, length, 2), from `scores_over_null`.
        spans: (windows, answers, 2), first and last token of each answer, -1 where there is none.
    """
    total = pad(scores, (0, 0, 1, 0)).logsumexp(1)  # (windows, 2); the null's own score is 0
    correct = _answer_scores(scores, spans)
    unanswerable = (spans[..., 0] < 0).all(1)
    return (total.sum(1) - correct.masked_fill(unanswerable, 0.0)).mean()


def shared_loss(scores: Tensor, spans: Tensor, group: Tensor) -> Tensor:
    """Return the mean loss of questions; one without spans in any window must choose the null.

    `group` (windows,) numbers the questions from 0; `scores` and `spans` are as in `window_loss`.
    """
    members = torch.arange(int(group.max()) + 1, device=group.device)[:, None] == group
    total = scores.logsumexp(1)  # (windows, 2), without the null, which counts once a group
    everything = _sums(total.unbind(1), members, null=True).sum(0)
    (correct,) = _sums([_answer_scores(scores, spans)], members, null=False)
    answerable = (members & (spans[..., 0] >= 0).any(1)).any(1)
    return (everything - correct.masked_fill(~answerable, 0.0)).mean()


def _sums(values: Sequence[Tensor], members: Tensor, *, null: bool) -> Tensor:
    """Return the log-sum-exp of each (windows,) over each group's members: (values, groups)."""
    stacked = torch.stack(list(values))[:, None].masked_fill(~members, 2 * MASKED)
    return (pad(stacked, (1, 0)) if null else stacked).logsumexp(-1)


def _answer_scores(scores: Tensor, spans: Tensor) -> Tensor:
    """Return the log-sum-exp of the acceptable answers' scores: (windows,)."""
    present = spans[..., 0] >= 0
    first = scores[..., 0].gather(1, spans[..., 0].clamp_min(0))
    last = scores[..., 1].gather(1, spans[..., 1].clamp_min(0))
    return (first + last).masked_fill(~present, 2 * MASKED).logsumexp(1)
