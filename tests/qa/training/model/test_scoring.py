"""Losses of batches, with and without a teacher."""

import random

import pytest
import torch

from qa.training.data.batches import Batch, Rows, collate
from qa.training.data.sampling import GroupSampler
from qa.training.model.bert import build_reader
from qa.training.model.loss import MASKED
from qa.training.model.scoring import HARD_SHARE, Distillation, batch_loss, batch_scores
from tests.support.training_pack import small_pack

PACK = small_pack(contexts=20)
TEXTS = PACK.splits["train"]
ENCODER = {name: torch.from_numpy(tensor) for name, tensor in PACK.encoder.items()}


def batch(chunk_tokens: int) -> Batch:
    sampler, rng = GroupSampler(PACK, TEXTS), random.Random(0)
    groups = [group for question in range(6) for group in sampler.draw(question, rng)]
    return collate(groups, Rows(PACK, TEXTS), chunk_tokens)


def test_the_loss_does_not_depend_on_the_chunks() -> None:
    model = build_reader(ENCODER)
    one, many = batch(100_000), batch(300)
    assert len(one.chunks) == 1 < len(many.chunks)
    assert batch_loss(model, one).item() == pytest.approx(batch_loss(model, many).item(), rel=1e-4)


def test_only_the_windows_tokens_are_scored() -> None:
    given = batch(300)
    scores = batch_scores(build_reader(ENCODER), given)
    assert (scores[~given.valid] == MASKED).all()
    assert (scores[given.valid] > MASKED / 2).all()


def test_a_student_equal_to_its_teacher_has_the_hard_loss_only() -> None:
    model, given = build_reader(ENCODER), batch(300)
    loss = Distillation(build_reader(ENCODER, dict(model.named_parameters())))(model, given)
    assert loss.item() == pytest.approx(HARD_SHARE * batch_loss(model, given).item(), rel=1e-4)


def test_a_student_learns_its_teachers_scores() -> None:
    teacher, given = build_reader(ENCODER), batch(300)
    student = build_reader(ENCODER, dict(teacher.named_parameters()), layers=1)
    distillation = Distillation(teacher)
    optimizer = torch.optim.AdamW(student.parameters(), lr=2e-3)
    losses = []
    for _ in range(8):
        loss = distillation(student, given)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    assert losses[-1] < 0.9 * losses[0]
    assert all(parameter.grad is None for parameter in teacher.parameters())
