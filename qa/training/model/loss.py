"""What the reader learns to do: mark the answer, and say of each passage how well it answers.

A window's score is its best span's score minus that of the null answer, which stands at position
0. Two losses are added. Per window: cross-entropy over all of its positions and the null. Per
question: the same over the positions of *all* of its windows, each minus its own window's null
(shared normalisation, Clark & Gardner, 2018, https://arxiv.org/abs/1710.10723), so that scores
of different passages can be compared.
"""

import torch
from torch import Tensor
from torch.nn.functional import pad

NOTHING = -1e4  # a masked position; finite, so that a gradient through it is never nan


def relative(logits: Tensor, valid: Tensor) -> Tensor:
    """Start and end scores minus the null's: (windows, length, 2) -> the same shape.

    `valid` (windows, length) is true at the window's own tokens; elsewhere the score is NOTHING.
    """
    return (logits - logits[:, :1]).masked_fill(~valid[..., None], NOTHING)


def window_loss(scores: Tensor, spans: Tensor) -> Tensor:
    """Mean loss of windows read alone; a window without spans must choose the null.

    `scores` (windows, length, 2) from `relative`; `spans` (windows, answers, 2) holds the first
    and last token of each acceptable answer, -1 where there is none. Any answer will do: the
    loss is that of the sum of their probabilities.
    """
    total = pad(scores, (0, 0, 1, 0)).logsumexp(1)  # (windows, 2); the null's own score is 0
    right = _right(scores, spans)
    none = (spans[..., 0] < 0).all(1)
    return (total.sum(1) - right.masked_fill(none, 0.0)).mean()


def shared_loss(scores: Tensor, spans: Tensor, group: Tensor) -> Tensor:
    """Mean loss of questions read with several windows: `group` (windows,) numbers the questions.

    Only groups of two or more windows count; zero when there is none.
    """
    count = int(group.max()) + 1
    total = scores.logsumexp(1)  # (windows, 2), without the null: it is counted once a group
    sizes = torch.zeros(count, dtype=torch.long).index_add_(0, group, torch.ones_like(group))
    losses = []
    right = _right(scores, spans)
    for number in torch.nonzero(sizes > 1).flatten().tolist():
        members = group == number
        whole = pad(total[members], (0, 0, 1, 0)).logsumexp(0).sum()
        losses.append(whole - right[members].logsumexp(0))
    return torch.stack(losses).mean() if losses else scores.sum() * 0.0


def _right(scores: Tensor, spans: Tensor) -> Tensor:
    """log of the summed exp of the acceptable answers' scores: (windows,)."""
    held = spans[..., 0] >= 0
    first = scores[..., 0].gather(1, spans[..., 0].clamp_min(0))
    last = scores[..., 1].gather(1, spans[..., 1].clamp_min(0))
    return (first + last).masked_fill(~held, 2 * NOTHING).logsumexp(1)
