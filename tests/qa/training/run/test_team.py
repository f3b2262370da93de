"""Several processes, one model. (`test_command.py` trains in two real processes.)"""

import pytest
import torch
from torch import Tensor, distributed, nn

from qa.training.run.team import Team, run


def test_gradients_are_averaged_and_the_first_process_has_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def add_the_others(flat: Tensor) -> None:
        flat += torch.tensor([3.0, 3.0, 3.0, 2 * 7.5, 2 * 1.0])  # rank 0: 7.5 seconds, to stop

    monkeypatch.setattr(distributed, "all_reduce", add_the_others)
    model = nn.Linear(2, 1)
    for parameter in model.parameters():
        parameter.grad = torch.full_like(parameter, 1.0)
    assert Team(rank=1, size=2).step(model.parameters(), (99.0, 0.0)) == [7.5, 1.0]
    for parameter in model.parameters():
        assert parameter.grad is not None
        assert (parameter.grad == 2.0).all()


def test_a_team_of_one_works_in_place() -> None:
    calls: list[tuple[int, int, str]] = []
    run(1, lambda team, word: calls.append((team.rank, team.size, word)), "go")
    assert calls == [(0, 1, "go")]
    assert Team().step([], (4.5, 0.0)) == [4.5, 0.0]
    assert Team().gather([1, 2]) == [1, 2]


def test_rows_of_all_processes_are_gathered(monkeypatch: pytest.MonkeyPatch) -> None:
    def gather(gathered: list[list[int]], rows: list[int]) -> None:
        gathered[:] = [[1, 2], rows]

    monkeypatch.setattr(distributed, "all_gather_object", gather)
    assert Team(rank=1, size=2).gather([3]) == [1, 2, 3]
