"""One training run: the loop over steps, and what is due between them."""

import json
import random
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch.utils.data import DataLoader, IterableDataset

from qa.reader.quantised import write_weights
from qa.training.data.batches import Batch, Rows, collate
from qa.training.data.sampling import GroupSampler
from qa.training.data.schedule import Schedule
from qa.training.model.bert import Reader
from qa.training.model.checkpoint import Progress, load_checkpoint, save_checkpoint, trainable

from .team import Team

FINAL_RATE, WARMUP = 0.02, 0.04  # as shares of the peak rate and of the run
WEIGHT_DECAY, MAX_GRADIENT_NORM = 0.01, 1.0
CHECKPOINT_SECONDS, LOG_SECONDS = 240.0, 30.0
CHECKPOINT, WEIGHTS = "checkpoint.safetensors", "reader.safetensors"

Loss = Callable[[Reader, Batch], torch.Tensor]
Measure = Callable[[Reader], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long a run is, and when it measures.

    Attributes:
        minutes: Time to train.
        steps: Or the number of steps.
        rate: The highest learning rate.
        measurements: How often dev figures are taken, evenly spaced, the last at the end.
    """

    minutes: float
    steps: int | None
    rate: float
    measurements: int

    def share(self, progress: Progress) -> float:
        """Return the share of the run that is done."""
        if self.steps:
            return progress.steps / self.steps
        return progress.seconds / (60 * self.minutes)


class Steps(IterableDataset[Batch]):
    """The batches of one process from a step on, the same in each run."""

    def __init__(
        self,
        sampler: GroupSampler,
        rows: Rows,
        schedule: Schedule,
        *,
        questions: int,
        chunk_tokens: int,
        seed: int,
        team: Team,
    ) -> None:
        """Read `questions` in each process at each step, in chunks of `chunk_tokens`."""
        self._sampler, self._rows, self._schedule = sampler, rows, schedule
        self._questions, self._chunk_tokens, self._seed = questions, chunk_tokens, seed
        self._rank, self._size = team.rank, team.size
        self.first = 0

    def __iter__(self) -> Iterator[Batch]:
        worker = torch.utils.data.get_worker_info()
        first, stride = (
            (self.first, 1) if worker is None else (self.first + worker.id, worker.num_workers)
        )
        step = first
        while True:
            yield self.batch(step)
            step += stride

    def batch(self, step: int) -> Batch:
        """Draw the batch of a step."""
        number = step * self._size + self._rank
        rng = random.Random(f"{self._seed} {number}")  # noqa: S311
        questions = self._schedule.questions(number * self._questions, self._questions)
        groups = [group for q in questions for group in self._sampler.draw(q, rng)]
        return collate(groups, self._rows, self._chunk_tokens)

    def epochs(self, step: int) -> float:
        """Return how many epochs are read before a step."""
        return self._schedule.epochs(step * self._size * self._questions)


def learning_rate(done: float, peak: float) -> float:
    """Return the rate once this share of the run (0 to 1) is done: warm-up, then linear decay."""
    warmup = min(1.0, done / WARMUP + 0.01)
    return peak * min(warmup, max(FINAL_RATE, 1 - (1 - FINAL_RATE) * done))


def make_optimizer(model: Reader) -> torch.optim.AdamW:
    """Make an AdamW that decays matrices but not biases and norms."""
    parameters = list(trainable(model).values())
    matrices = [p for p in parameters if p.ndim > 1]
    vectors = [p for p in parameters if p.ndim == 1]
    return torch.optim.AdamW(
        [
            {"params": matrices, "weight_decay": WEIGHT_DECAY},
            {"params": vectors, "weight_decay": 0},
        ],
        betas=(0.9, 0.98),
        fused=True,
    )


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
    workers: int = 0
    device: torch.device = field(default_factory=lambda: torch.device("cpu"))
    stopped: bool = False

    def train(self) -> None:
        """Train to the end, from the last checkpoint if there is one.

        On SIGTERM it saves a checkpoint and returns.
        """
        signal.signal(signal.SIGTERM, self.stop if self.team.rank == 0 else signal.SIG_IGN)
        optimizer = make_optimizer(self.model)
        progress = load_checkpoint(self.out / CHECKPOINT, self.model, optimizer)
        self.steps.first = progress.steps
        loader = DataLoader(
            self.steps,
            batch_size=None,
            num_workers=self.workers,
            pin_memory=self.device.type == "cuda",
            prefetch_factor=8 if self.workers else None,
        )
        parameters = list(trainable(self.model).values())
        batches = iter(loader)
        saved = logged = started = time.monotonic()
        before = progress.seconds
        losses: list[torch.Tensor] = []
        share = self.plan.share(progress)
        self.model.train()
        while share < 1:
            for settings in optimizer.param_groups:
                settings["lr"] = learning_rate(share, self.plan.rate)
            batch = next(batches).to(self.device)
            loss = self.loss(self.model, batch)
            loss.backward()  # type: ignore[no-untyped-call]
            losses.append(loss.detach())
            seconds = before + time.monotonic() - started
            progress.seconds, stop = self.team.step(parameters, (seconds, float(self.stopped)))
            torch.nn.utils.clip_grad_norm_(parameters, MAX_GRADIENT_NORM)
            optimizer.step()
            optimizer.zero_grad()
            progress.steps += 1
            progress.windows += len(batch.group) * self.team.size
            progress.tokens += sum(c.numel() for c in batch.chunks) * self.team.size
            earlier, share = share, self.plan.share(progress)
            now = time.monotonic()
            if self.team.rank == 0 and (now - logged > LOG_SECONDS or share >= 1):
                logged = now
                mean = torch.stack(losses).mean().item()
                losses.clear()
                self.log(progress, share, {"loss": round(mean, 4)})
            parts = self.plan.measurements
            if parts and int(min(share, 1) * parts) > int(earlier * parts):
                figures = self.measure(self.model)
                self.model.train()
                if self.team.rank == 0:
                    self.log(progress, share, {"dev": figures})
            if self.team.rank == 0 and (now - saved > CHECKPOINT_SECONDS or share >= 1 or stop):
                saved = now
                save_checkpoint(self.out / CHECKPOINT, self.model, optimizer, progress)
                self.write_weights()
            if stop:
                break

    def stop(self, *_: object) -> None:
        """End the run after this step."""
        self.stopped = True

    def write_weights(self) -> None:
        """Write the weights in the format of the shipped ones."""
        weights = {n: p.detach().cpu() for n, p in self.model.named_parameters()}
        temporary = self.out / (WEIGHTS + ".new")
        write_weights(weights, temporary)
        temporary.replace(self.out / WEIGHTS)

    def log(self, progress: Progress, share: float, figures: dict[str, Any]) -> None:
        """Append one line to log.jsonl: the progress and the given figures."""
        line = {"share": round(share, 4), **asdict(progress), **figures}
        line["seconds"] = round(progress.seconds, 1)
        line["epochs"] = round(self.steps.epochs(progress.steps), 4)
        line["windows_per_second"] = round(progress.windows / max(progress.seconds, 1e-9), 2)
        line["tokens_per_second"] = round(progress.tokens / max(progress.seconds, 1e-9))
        with (self.out / "log.jsonl").open("a") as log:
            log.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)
