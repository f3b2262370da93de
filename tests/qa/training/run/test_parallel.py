"""Several processes, one model: gradients averaged, one clock."""

import os
import threading
from pathlib import Path

import pytest
import torch
from torch import nn

from qa.training.run.parallel import Team, run


def test_gradients_are_averaged_over_the_team() -> None:
    team = Team(2, 3)
    models = [nn.Linear(2, 1) for _ in range(2)]
    for value, model in zip((1.0, 3.0), models, strict=True):
        for parameter in model.parameters():
            parameter.grad = torch.full_like(parameter, value)
    threads = [
        threading.Thread(target=team.average_gradients, args=(list(m.parameters()), rank))
        for rank, m in enumerate(models)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for parameter in (p for m in models for p in m.parameters()):
        assert parameter.grad is not None
        assert (parameter.grad == 2.0).all()


def test_a_single_process_runs_in_place(tmp_path: Path) -> None:
    calls: list[tuple[int, int, Path]] = []
    run(1, 5, lambda rank, team, path: calls.append((rank, team.size, path)), tmp_path)
    assert calls == [(0, 1, tmp_path)]


def test_the_clock_of_a_team_of_one_is_its_own() -> None:
    assert Team(1, 1).elapsed(4.5, 0) == 4.5


def test_a_process_whose_parent_has_ended_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    team = Team(2, 1)
    monkeypatch.setattr(os, "getppid", lambda: 1)
    with pytest.raises(SystemExit, match="has ended"):
        team.elapsed(1.0, 1)
