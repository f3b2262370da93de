"""Checkpoints and the average of weights."""

from pathlib import Path

import pytest
import torch
from torch import nn

from qa.training.model.checkpoint import (
    Progress,
    add_to_average,
    load_average,
    load_checkpoint,
    save_checkpoint,
    trainable,
)


def test_a_run_resumed_from_a_checkpoint_equals_an_uninterrupted_one(tmp_path: Path) -> None:
    def train(steps: int, path: Path | None = None, resume: bool = False) -> nn.Linear:
        torch.manual_seed(1)
        model = nn.Linear(4, 2)
        optimizer = torch.optim.AdamW(model.parameters(), lr=0.1, fused=True)
        progress = load_checkpoint(path, model, optimizer) if path and resume else Progress()
        for step in range(progress.steps, steps):
            model(torch.full((1, 4), float(step))).sum().backward()
            optimizer.step()
            optimizer.zero_grad()
        if path and not resume:
            save_checkpoint(path, model, optimizer, Progress(steps, 10, 0.5, 3.0))
        return model

    path = tmp_path / "checkpoint.safetensors"
    train(3, path)
    resumed, uninterrupted = train(5, path, resume=True), train(5)
    assert torch.equal(resumed.weight, uninterrupted.weight)
    assert [file.name for file in tmp_path.iterdir()] == ["checkpoint.safetensors"]


def test_without_a_checkpoint_a_run_starts_from_zero(tmp_path: Path) -> None:
    model = nn.Linear(4, 2)
    optimizer = torch.optim.AdamW(model.parameters())
    assert load_checkpoint(tmp_path / "none", model, optimizer) == Progress()


def test_the_average_is_the_mean_of_the_weights(tmp_path: Path) -> None:
    model = nn.Linear(2, 1, bias=False)
    for value in (1.0, 2.0, 6.0):
        nn.init.constant_(model.weight, value)
        add_to_average(tmp_path / "average.safetensors", model)
    weights, count = load_average(tmp_path / "average.safetensors")
    assert count == 3
    assert weights["weight"].tolist() == [[3.0, 3.0]]


@pytest.mark.parametrize(
    ("read", "seconds", "share"), [(0.5, 30, 0.5), (0.1, 90, 0.75), (0.1, 240, 2.0)]
)
def test_progress_is_by_plan_or_time_whichever_is_more(
    read: float, seconds: float, share: float
) -> None:
    assert Progress(read=read, seconds=seconds).share(minutes=2) == share


def test_frozen_parameters_are_not_trained() -> None:
    model = nn.Linear(2, 1)
    model.bias.requires_grad_(False)
    assert list(trainable(model)) == ["weight"]
