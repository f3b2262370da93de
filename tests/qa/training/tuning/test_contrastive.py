"""The contrastive loss, against a computation by hand; vectors do not depend on padding."""

import math

import pytest
import torch
from torch.nn.functional import normalize

from qa.training.model.bert import build_reader
from qa.training.pack.pack_file import PAD, Pack
from qa.training.tuning.contrastive import (
    PASSAGE_WEIGHT,
    TEMPERATURE,
    Vectors,
    contrastive_loss,
)

CONTEXTS = torch.tensor([0, 1, 2, 3])


def vectors(*angles: float) -> torch.Tensor:
    return torch.tensor([[math.cos(a), math.sin(a)] for a in angles])


def test_the_loss_is_that_of_both_directions() -> None:
    questions, passages = vectors(0, 0.1), vectors(0.02, 0.12, 0.2, 0.3)
    scores = (questions @ passages.T / TEMPERATURE).tolist()

    def surprise(row: list[float], right: int) -> float:
        return math.log(sum(map(math.exp, row))) - row[right]

    forward = [surprise(row, at) for at, row in enumerate(scores)]
    back = [surprise([row[at] for row in scores], at) for at in range(2)]
    expected = sum(forward) / 2 + PASSAGE_WEIGHT * sum(back) / 2
    assert contrastive_loss(questions, passages, CONTEXTS).item() == pytest.approx(expected, 1e-4)


def test_another_passage_of_the_own_context_does_not_count_as_wrong() -> None:
    questions, passages = vectors(0, 1), vectors(0.05, 0, 2, 3)
    apart = contrastive_loss(questions, passages, CONTEXTS)
    together = contrastive_loss(questions, passages, torch.tensor([0, 0, 2, 3]))
    assert together < apart


def test_the_ranked_passage_counts_even_if_it_is_of_the_own_context() -> None:
    questions, passages = vectors(0, 1), vectors(0.05, 1, 0, 3)
    apart = contrastive_loss(questions, passages, CONTEXTS)
    assert contrastive_loss(questions, passages, torch.tensor([0, 1, 0, 3])) == apart


def test_vectors_are_unit_means_and_padding_changes_nothing(pack: Pack) -> None:
    encoder = {name: torch.from_numpy(tensor) for name, tensor in pack.encoder.items()}
    model = Vectors(build_reader(encoder)).eval()
    ids = torch.tensor([[0, 7, 8, 9, 2]])
    with torch.no_grad():
        alone = model(ids)
        padded = model(torch.cat([ids, torch.full((1, 11), PAD)], 1))
        hidden = model.reader(ids)
    assert torch.allclose(alone, normalize(hidden.mean(1), dim=-1), atol=1e-5)
    assert torch.allclose(alone, padded, atol=1e-4)
