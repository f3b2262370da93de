"""Scores and losses of a batch."""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn.functional import kl_div, log_softmax, pad

from qa.training.data.batches import Batch

from .bert import Reader
from .loss import MASKED, scores_over_null, shared_loss, window_loss

HARD_SHARE = 0.3  # weight of the loss on the marked answers when there is a teacher


def batch_scores(model: Reader, batch: Batch) -> Tensor:
    """Return the scores over null of all rows: (rows, length of the longest, 2)."""
    return scores_over_null(_joined([model(chunk) for chunk in batch.chunks]), batch.valid)


def batch_loss(model: Reader, batch: Batch) -> Tensor:
    """Return the sum of the window loss and the shared loss."""
    return _hard_loss(batch_scores(model, batch), batch)


class Distillation:
    """The loss of a student: to score spans as its teacher does, and to find what is marked."""

    def __init__(self, teacher: Reader) -> None:
        self._teacher = teacher.train(False)

    def __call__(self, model: Reader, batch: Batch) -> Tensor:
        """Return the loss of the batch."""
        scores = batch_scores(model, batch)
        with torch.no_grad():
            wanted = batch_scores(self._teacher, batch)
        windows = _divergence(_with_null(scores, 1), _with_null(wanted, 1))
        members = torch.arange(int(batch.group.max()) + 1, device=scores.device)[:, None]
        mask = ~(members == batch.group)[:, None]
        totals = [s.logsumexp(1).T[None].masked_fill(mask, MASKED) for s in (scores, wanted)]
        questions = _divergence(*(pad(total, (1, 0)) for total in totals))
        return windows + questions + HARD_SHARE * _hard_loss(scores, batch)


def _hard_loss(scores: Tensor, batch: Batch) -> Tensor:
    shared = shared_loss(scores, batch.spans, batch.group)
    return window_loss(scores, batch.spans) + shared


def _joined(parts: Sequence[Tensor]) -> Tensor:
    length = max(part.shape[1] for part in parts)
    return torch.cat([pad(part, (0, 0, 0, length - part.shape[1])) for part in parts])


def _with_null(scores: Tensor, dimension: int) -> Tensor:
    return pad(scores, (0, 0, 1, 0)).transpose(dimension, -1)


def _divergence(scores: Tensor, wanted: Tensor) -> Tensor:
    """Return the mean over rows of the divergences of start and end: (rows, 2, choices)."""
    logs = log_softmax(scores, -1), log_softmax(wanted, -1)
    return kl_div(*logs, log_target=True, reduction="none").sum((-1, -2)).mean()
