"""Checkpoints, so that a run resumes after being killed at any moment.

Safetensors files, written under a temporary name and then renamed.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, nn


@dataclass(slots=True)
class Progress:
    """How far a run is: steps, windows and tokens that all processes read, seconds trained."""

    steps: int = 0
    windows: int = 0
    tokens: int = 0
    seconds: float = 0.0


def trainable(model: nn.Module) -> dict[str, nn.Parameter]:
    """Return the parameters that are not frozen, by name."""
    return {n: p for n, p in model.named_parameters() if p.requires_grad}


def save_checkpoint(
    path: Path, model: nn.Module, optimizer: torch.optim.Optimizer, progress: Progress
) -> None:
    """Write the weights, the optimizer's two moments and the progress to one file."""
    tensors: dict[str, Tensor] = {}
    for name, parameter in trainable(model).items():
        tensors[name] = parameter.detach()
        for key, value in optimizer.state[parameter].items():
            tensors[f"{key}:{name}"] = value.reshape(-1) if key == "step" else value
    _write(path, tensors, asdict(progress))


def load_checkpoint(path: Path, model: nn.Module, optimizer: torch.optim.Optimizer) -> Progress:
    """Restore model and optimizer; return the progress, zero if there is no checkpoint."""
    if not path.exists():
        return Progress()
    tensors = load_file(path)
    with torch.no_grad():
        for name, parameter in trainable(model).items():
            parameter.copy_(tensors[name])
            state = {
                k: tensors[f"{k}:{name}"].to(parameter.device) for k in ("exp_avg", "exp_avg_sq")
            }
            optimizer.state[parameter] = {**state, "step": tensors[f"step:{name}"].reshape(())}
    return Progress(**_metadata(path))


def _write(path: Path, tensors: Mapping[str, Tensor], metadata: Mapping[str, float]) -> None:
    temporary = path.with_name(path.name + ".new")
    save_file(
        {n: t.contiguous() for n, t in tensors.items()},
        temporary,
        {"progress": json.dumps(metadata)},
    )
    os.replace(temporary, path)


def _metadata(path: Path) -> dict[str, Any]:
    with safe_open(path, "pt") as opened:
        metadata: dict[str, Any] = json.loads(opened.metadata()["progress"])
    return metadata
