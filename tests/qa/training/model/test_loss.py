"""Losses against values worked out by hand."""

import pytest
import torch

from qa.training.model.loss import MASKED, scores_over_null, shared_loss, window_loss


def scores_of(*rows: list[float]) -> torch.Tensor:
    """(windows, length, 2) with the same scores for starts and ends; position 0 is the null."""
    logits = torch.tensor(rows)[..., None].expand(-1, -1, 2)
    valid = torch.ones(logits.shape[:2], dtype=torch.bool)
    valid[:, 0] = False
    return scores_over_null(logits, valid)


def test_scores_are_relative_to_the_null() -> None:
    assert scores_of([2.0, 5.0, 1.0])[0, :, 0].tolist() == [MASKED, 3.0, -1.0]


def test_window_loss_is_the_cross_entropy_with_the_null() -> None:
    scores = scores_of([0.0, 1.0, 2.0], [0.0, 1.0, 2.0])
    spans = torch.tensor([[[2, 2]], [[-1, -1]]])
    total = torch.tensor([0.0, 1.0, 2.0]).logsumexp(0)
    expected = ((2 * total - 4) + 2 * total) / 2
    assert window_loss(scores, spans).item() == pytest.approx(expected.item(), rel=1e-5)


def test_any_acceptable_answer_will_do() -> None:
    scores = scores_of([0.0, 4.0, 4.0])
    one = window_loss(scores, torch.tensor([[[1, 1], [-1, -1]]]))
    both = window_loss(scores, torch.tensor([[[1, 1], [2, 2]]]))
    assert (one - both).item() == pytest.approx(0.6931, abs=1e-3)


def test_shared_loss_compares_windows_and_counts_the_null_once() -> None:
    scores = scores_of([0.0, 1.0], [0.0, 3.0])
    spans = torch.tensor([[[1, 1]], [[-1, -1]]])
    group = torch.tensor([0, 0])
    total = torch.tensor([0.0, 1.0, 3.0]).logsumexp(0)
    loss = shared_loss(scores, spans, group)
    assert loss.item() == pytest.approx((2 * total - 2).item(), rel=1e-5)
    assert shared_loss(scores_of([0.0, 1.0], [0.0, 5.0]), spans, group) > loss


def test_shared_loss_wants_the_null_where_no_window_holds_an_answer() -> None:
    scores = scores_of([0.0, 1.0], [0.0, 3.0])
    total = torch.tensor([0.0, 1.0, 3.0]).logsumexp(0)
    loss = shared_loss(scores, torch.full((2, 1, 2), -1), torch.tensor([0, 0]))
    assert loss.item() == pytest.approx((2 * total).item(), rel=1e-5)


def test_shared_loss_is_the_mean_over_questions_in_any_order() -> None:
    scores = scores_of([0.0, 1.0], [0.0, 9.0], [0.0, 3.0])
    spans = torch.tensor([[[1, 1]], [[-1, -1]], [[-1, -1]]])
    mixed = shared_loss(scores, spans, torch.tensor([0, 1, 0]))
    first = shared_loss(scores[[0, 2]], spans[[0, 2]], torch.tensor([0, 0]))
    second = shared_loss(scores[[1]], spans[[1]], torch.tensor([0]))
    assert mixed.item() == pytest.approx(((first + second) / 2).item(), rel=1e-5)
