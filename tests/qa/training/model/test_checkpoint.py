"""Checkpoints."""

from pathlib import Path

import torch
from torch import nn

from qa.training.model.checkpoint import (
    Progress,
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
            save_checkpoint(path, model, optimizer, Progress(steps, 10, 99, 3.0))
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


def test_frozen_parameters_are_not_trained() -> None:
    model = nn.Linear(2, 1)
    model.bias.requires_grad_(False)
    assert list(trainable(model)) == ["weight"]
