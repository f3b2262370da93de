"""The training loop: rates, what is logged and saved, and that it learns."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from qa.reader.quantised import read_weights
from qa.training.data.batches import Batch, Rows
from qa.training.data.sampling import GroupSampler
from qa.training.data.schedule import Schedule
from qa.training.data.steps import Steps
from qa.training.model.bert import Reader, build_reader
from qa.training.model.scoring import batch_loss
from qa.training.run.recipe import Plan
from qa.training.run.team import Team
from qa.training.run.training import Run
from tests.support.training_pack import small_pack

PACK = small_pack(contexts=30)
TEXTS = PACK.splits["train"]
ENCODER = {name: torch.from_numpy(tensor) / 8 for name, tensor in PACK.encoder.items()}


def make_run(out: Path, plan: Plan, figures: Iterator[dict[str, Any]] | None = None) -> Run:
    torch.manual_seed(1)
    return Run(
        model=build_reader(ENCODER),
        steps=Steps(
            GroupSampler(PACK, TEXTS), Rows(PACK, TEXTS), Schedule(PACK, TEXTS, 1), 2, 512, seed=1
        ),
        plan=plan,
        loss=batch_loss,
        measure=lambda model: next(figures or iter(())),
        out=out,
        team=Team(),
        device=torch.device("cpu"),
    )


def log_lines(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]


def test_a_run_learns_logs_and_writes_weights(tmp_path: Path) -> None:
    figures = iter([{"f1": 1.0}, {"f1": 2.0}])
    losses: list[Tensor] = []
    run = make_run(tmp_path, Plan(1, 24, 3e-3, 2), figures)

    def recorded(model: Reader, batch: Batch) -> Tensor:
        losses.append(batch_loss(model, batch))
        return losses[-1]

    run.loss = recorded
    run.train()
    values = [loss.item() for loss in losses]
    assert sum(values[-6:]) < 0.95 * sum(values[:6])
    lines = log_lines(tmp_path)
    assert [line["dev"]["f1"] for line in lines if "dev" in line] == [1.0, 2.0]
    assert lines[-1]["share"] == 1
    assert lines[-1]["steps"] == 24
    assert {"loss", "windows_per_second", "tokens_per_second"} <= {k for d in lines for k in d}
    weights = read_weights(tmp_path / "reader.safetensors")
    for name, parameter in run.model.named_parameters():
        assert (weights[name] - parameter).abs().max() < 0.01
    before = (tmp_path / "reader.safetensors").read_bytes()
    make_run(tmp_path, Plan(1, 24, 3e-3, 2)).train()  # nothing is left to do
    assert (tmp_path / "reader.safetensors").read_bytes() == before


def test_a_stopped_run_saves_and_goes_on_where_it_was(tmp_path: Path) -> None:
    def weights(model: Reader) -> torch.Tensor:
        return torch.cat([p.detach().flatten() for p in model.parameters()])

    undisturbed = make_run(tmp_path / "a", Plan(1, 6, 1e-3, 0))
    stopped, resumed = (make_run(tmp_path / "b", Plan(1, 6, 1e-3, 0)) for _ in range(2))
    for folder in "ab":
        (tmp_path / folder).mkdir()
    undisturbed.train()
    calls = []

    def stop_at_the_third(model: Reader, batch: Any) -> torch.Tensor:
        calls.append(batch)
        stopped.stopped = len(calls) == 3
        return batch_loss(model, batch)

    stopped.loss = stop_at_the_third
    stopped.train()
    assert log_lines(tmp_path / "b")[-1]["steps"] == 3
    resumed.train()
    assert log_lines(tmp_path / "b")[-1]["steps"] == 6
    assert torch.equal(weights(resumed.model), weights(undisturbed.model))
