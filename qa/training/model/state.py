"""What a training run keeps on disk, so that it goes on after being killed at any moment.

Plain json and safetensors; each file is written under another name and then renamed.
"""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from qa.training.data.contexts import Context, Group, Window


@dataclass(slots=True)
class Progress:
    """Where a run is: steps and windows done, the share of the plan, seconds trained."""

    steps: int = 0
    windows: int = 0
    read: float = 0.0
    seconds: float = 0.0

    def share(self, minutes: float) -> float:
        """How much of the run is done: of the plan or of the time, whichever is more."""
        return max(self.read, self.seconds / (60 * minutes))


def trainable(model: nn.Module) -> dict[str, nn.Parameter]:
    """The parameters that are not frozen, by name."""
    return {n: p for n, p in model.named_parameters() if p.requires_grad}


def save_checkpoint(
    path: Path, model: nn.Module, optimizer: torch.optim.Optimizer, at: Progress
) -> None:
    """Weights, the optimizer's two moments and the progress, in one file."""
    tensors: dict[str, Tensor] = {}
    for name, parameter in trainable(model).items():
        tensors[name] = parameter.detach()
        for key, value in optimizer.state[parameter].items():
            tensors[f"{key}:{name}"] = value.reshape(-1) if key == "step" else value
    _write(path, tensors, asdict(at))


def load_checkpoint(path: Path, model: nn.Module, optimizer: torch.optim.Optimizer) -> Progress:
    """Put a checkpoint back into the model and the optimizer; a fresh start when there is none."""
    if not path.exists():
        return Progress()
    tensors = load_file(path)
    with torch.no_grad():
        for name, parameter in trainable(model).items():
            parameter.copy_(tensors[name])
            state = {k: tensors[f"{k}:{name}"] for k in ("exp_avg", "exp_avg_sq", "step")}
            optimizer.state[parameter] = {**state, "step": state["step"].reshape(())}
    return Progress(**_metadata(path))


def add_to_average(path: Path, model: nn.Module) -> None:
    """Take the present weights into the running mean of weights in this file."""
    mean, count = load_average(path) if path.exists() else ({}, 0)
    tensors = {
        name: (mean[name] * count + p.detach()) / (count + 1) if count else p.detach()
        for name, p in trainable(model).items()
    }
    _write(path, tensors, {"count": count + 1})


def load_average(path: Path) -> tuple[dict[str, Tensor], int]:
    """The mean weights by name, and of how many sets."""
    return load_file(path), int(_metadata(path)["count"])


def _write(path: Path, tensors: Mapping[str, Tensor], metadata: Mapping[str, float]) -> None:
    fresh = path.with_name(path.name + ".new")
    save_file(
        {n: t.contiguous() for n, t in tensors.items()},
        fresh,
        {"progress": json.dumps(metadata)},
    )
    os.replace(fresh, path)


def _metadata(path: Path) -> dict[str, Any]:
    with safe_open(path, "pt") as opened:
        found: dict[str, Any] = json.loads(opened.metadata()["progress"])
    return found


Plan = tuple[list[Context], list[Group]]


def remembered_plan(path: Path, make: Callable[[], Plan]) -> Plan:
    """The plan in this file; made and written when there is no such file."""
    if not path.exists():
        contexts, groups = make()
        fresh = path.with_name(path.name + ".new")
        kept = {"contexts": [_row(c) for c in contexts], "groups": [_row(g) for g in groups]}
        fresh.write_text(json.dumps(kept, ensure_ascii=False, default=_row), "utf-8")
        os.replace(fresh, path)
    kept = json.loads(path.read_text("utf-8"))
    return [_context(*c) for c in kept["contexts"]], [_group(*g) for g in kept["groups"]]


def _row(item: Any) -> list[Any]:
    return [getattr(item, f.name) for f in fields(item)]


def _context(text: str, source: str, title: str, cjk: bool, pieces: list[list[int]]) -> Context:
    return Context(text, source, title, cjk, tuple((a, b, n) for a, b, n in pieces))


def _group(question: str, windows: list[Any]) -> Group:
    return Group(
        question,
        tuple(Window(c, a, b, tuple((x, y) for x, y in spans)) for c, a, b, spans in windows),
    )
