"""How long a run is, and its rates."""

import itertools

import pytest
import torch

from qa.training.model.bert import build_reader
from qa.training.model.checkpoint import Progress
from qa.training.run.recipe import Plan, learning_rate, make_optimizer
from tests.support.training_pack import small_pack

ENCODER = {n: torch.from_numpy(t) for n, t in small_pack(contexts=3).encoder.items()}


def test_the_rate_rises_then_falls() -> None:
    rates = [learning_rate(share, 1.0) for share in (0.0, 0.02, 0.05, 0.5, 1.0)]
    assert rates == pytest.approx([0.02, 0.52, 0.951, 0.51, 0.02])


def test_a_run_ends_by_its_time_or_its_steps() -> None:
    assert Plan(2, None, 1e-3, 0).share(Progress(steps=9, seconds=30)) == 0.25
    assert Plan(2, 10, 1e-3, 0).share(Progress(steps=9, seconds=30)) == 0.9
    assert Plan(2, 10, 1e-3, 0).share(Progress(steps=11)) == 1


def test_measurements_are_evenly_spaced_with_the_last_at_the_end() -> None:
    plan = Plan(2, 10, 1e-3, 3)
    shares = [n / 10 for n in range(11)]
    due = [b for a, b in itertools.pairwise(shares) if plan.measures(a, b)]
    assert due == [0.4, 0.7, 1.0]
    assert not Plan(2, 10, 1e-3, 0).measures(0.0, 1.0)


def test_biases_and_norms_are_not_decayed() -> None:
    model = build_reader(ENCODER)
    matrices, vectors = make_optimizer(model).param_groups
    assert {p.ndim for p in vectors["params"]} == {1}
    assert vectors["weight_decay"] == 0 < matrices["weight_decay"]
    assert len(matrices["params"]) + len(vectors["params"]) == len(list(model.parameters()))
