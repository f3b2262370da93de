"""One training run: the loop over steps, and what is due between them."""

import json
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.utils.data import DataLoader

from qa.reader.quantised import write_weights
from qa.training.data.batches import Batch
from qa.training.data.steps import Steps
from qa.training.model.bert import Reader
from qa.training.model.checkpoint import Progress, load_checkpoint, save_checkpoint, trainable

from .recipe import Plan, learning_rate, make_optimizer
from .team import Team

MAX_GRADIENT_NORM = 1.0
LOG_SECONDS = 30.0
CHECKPOINT, WEIGHTS, LOG = "checkpoint.safetensors", "reader.safetensors", "log.jsonl"

Loss = Callable[[Reader, Batch], Tensor]
Measure = Callable[[Reader], dict[str, Any]]


@dataclass(slots=True)
class Due:
    """When each periodic task was last done.

    Attributes:
        share: Of the run that was done then.
        stop: Not 0 if the run is to end early.
        logged: By the monotonic clock.
        saved: By the same.
        losses: Those since the last log line.
    """

    share: float
    stop: float = 0.0
    logged: float = field(default_factory=time.monotonic)
    saved: float = field(default_factory=time.monotonic)
    losses: list[Tensor] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    """A training run in one of the team's processes; the first one also saves and logs."""

    model: Reader
    steps: Steps
    plan: Plan
    loss: Loss
    measure: Measure
    out: Path
    team: Team
    device: torch.device
    workers: int = 0
    stopped: bool = False

    def train(self) -> None:
        """Train to the end, from the last checkpoint if there is one.

        SIGTERM ends it after the step at hand, with a checkpoint.
        """
        before = signal.signal(
            signal.SIGTERM, self._stop if self.team.rank == 0 else signal.SIG_IGN
        )
        try:
            self._train()
        finally:
            signal.signal(signal.SIGTERM, before)

    def _train(self) -> None:
        optimizer = make_optimizer(self.model)
        progress = load_checkpoint(self.out / CHECKPOINT, self.model, optimizer)
        due = Due(self.plan.share(progress))
        started = time.monotonic() - progress.seconds
        self.model.train()
        batches = self._batches(progress.steps)
        while due.share < 1 and not due.stop:
            batch = next(batches)
            due.losses.append(self._gradients(batch))
            clock = time.monotonic() - started, float(self.stopped)
            parameters = list(trainable(self.model).values())
            progress.seconds, due.stop = self.team.step(parameters, clock)
            self._update(optimizer, learning_rate(due.share, self.plan.rate))
            progress.steps += 1
            progress.windows += len(batch.group) * self.team.size  # about as many in the others
            progress.tokens += sum(c.numel() for c in batch.chunks) * self.team.size
            self._log_and_save(progress, due, optimizer)

    def _batches(self, first: int) -> Iterator[Batch]:
        self.steps.first = first
        loader = DataLoader(
            self.steps,
            batch_size=None,
            num_workers=self.workers,
            pin_memory=self.device.type == "cuda",
            prefetch_factor=8 if self.workers else None,
        )
        return (batch.to(self.device) for batch in loader)

    def _gradients(self, batch: Batch) -> Tensor:
        """Add the gradients of the batch; return its loss."""
        loss = self.loss(self.model, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss.detach()

    def _update(self, optimizer: torch.optim.Optimizer, rate: float) -> None:
        for settings in optimizer.param_groups:
            settings["lr"] = rate
        torch.nn.utils.clip_grad_norm_(trainable(self.model).values(), MAX_GRADIENT_NORM)
        optimizer.step()
        optimizer.zero_grad()

    def _log_and_save(self, progress: Progress, due: Due, optimizer: torch.optim.Optimizer) -> None:
        """Measure, log and save, each if it is due."""
        before, due.share = due.share, self.plan.share(progress)
        last = bool(due.stop) or due.share >= 1
        if last or time.monotonic() - due.logged > LOG_SECONDS:
            self._log(progress, {"loss": round(torch.stack(due.losses).mean().item(), 4)})
            due.logged = time.monotonic()
            due.losses.clear()
        if self.plan.measures(before, due.share):
            figures = self.measure(self.model)
            self.model.train()
            self._log(progress, {"dev": figures})
        if last or time.monotonic() - due.saved > self.plan.save_seconds:
            self._save(progress, optimizer)
            due.saved = time.monotonic()

    def _save(self, progress: Progress, optimizer: torch.optim.Optimizer) -> None:
        """Write a checkpoint, and the weights in the format of the shipped ones."""
        if self.team.rank > 0:
            return
        save_checkpoint(self.out / CHECKPOINT, self.model, optimizer, progress)
        weights = {n: p.detach().cpu() for n, p in self.model.named_parameters()}
        temporary = self.out / (WEIGHTS + ".new")
        write_weights(weights, temporary)
        temporary.replace(self.out / WEIGHTS)

    def _log(self, progress: Progress, figures: dict[str, Any]) -> None:
        """Append one line to the log: the progress and the given figures."""
        if self.team.rank > 0:
            return
        seconds = max(progress.seconds, 1e-9)
        line = {
            "share": round(self.plan.share(progress), 4),
            "epochs": round(self.steps.epochs(progress.steps), 4),
            **asdict(progress),
            "seconds": round(progress.seconds, 1),
            "windows_per_second": round(progress.windows / seconds, 2),
            "tokens_per_second": round(progress.tokens / seconds),
            **figures,
        }
        with (self.out / LOG).open("a") as log:
            log.write(json.dumps(line) + "\n")

    def _stop(self, *_: object) -> None:
        self.stopped = True
