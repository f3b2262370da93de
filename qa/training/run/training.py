"""One training run: model, optimizer, and the loop over the batches of the plan."""

import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import BertForQuestionAnswering

from qa.reader.quantised import read_weights
from qa.training.data.batches import Batch, batches, encode
from qa.training.data.contexts import Context, Group
from qa.training.data.groups import BLOCK
from qa.training.model.checkpoint import (
    Progress,
    add_to_average,
    load_checkpoint,
    save_checkpoint,
    trainable,
)
from qa.training.model.loss import scores_over_null, shared_loss, window_loss

from .dev_scores import DevSet, dev_scores
from .parallel import Team

PEAK_RATE = 2e-4
FINAL_RATE, WARMUP = 0.02, 0.03  # as shares of the peak rate and of the run
WEIGHT_DECAY, MAX_GRADIENT_NORM = 0.01, 1.0
DEV_EVERY = 0.2  # share of the run between two measurements
CHECKPOINT_SECONDS, LOG_STEPS = 240.0, 25
CHECKPOINT, AVERAGE = "checkpoint.safetensors", "average.safetensors"
AVERAGE_FROM, AVERAGE_EVERY = 0.87, 0.025  # shares of the run; late weights are averaged


def build_model(encoder: Path, start: Path | None = None) -> BertForQuestionAnswering:
    """Load the encoder with a span head, dropout off and word embeddings frozen.

    Layers and head come from the reader's weights `start`; without it the layers are the
    encoder's and the head is random.
    """
    model: BertForQuestionAnswering = BertForQuestionAnswering.from_pretrained(
        encoder,
        attn_implementation="eager",  # sdpa is twice as slow to train on a CPU
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    model.bert.embeddings.word_embeddings.weight.requires_grad_(False)
    if start is not None:
        tensors = read_weights(start)
        with torch.no_grad():
            for name, parameter in trainable(model).items():
                parameter.copy_(tensors[name])
    model.train()
    return model


def logits(model: BertForQuestionAnswering, batch: Batch) -> Tensor:
    """Return start and end logits, (windows, length, 2), in fp32: bf16 would blur the scores."""
    with torch.autocast("cpu", torch.bfloat16):
        hidden = model.bert(batch.ids, attention_mask=batch.mask).last_hidden_state
    scores: Tensor = model.qa_outputs(hidden.float())
    return scores


def batch_loss(model: BertForQuestionAnswering, batch: Batch) -> Tensor:
    """Return the sum of the window loss and the shared loss."""
    scores = scores_over_null(logits(model, batch), batch.valid)
    return window_loss(scores, batch.spans) + shared_loss(scores, batch.spans, batch.group)


def learning_rate(done: float, peak: float = PEAK_RATE) -> float:
    """Return the rate once this share of the run (0 to 1) is done: warm-up, then linear decay."""
    warmup = min(1.0, done / WARMUP) if WARMUP else 1.0
    return peak * min(warmup, max(FINAL_RATE, 1 - (1 - FINAL_RATE) * done))


def make_optimizer(model: BertForQuestionAnswering) -> torch.optim.AdamW:
    """Make an AdamW that decays matrices but not biases and norms."""
    parameters = list(trainable(model).values())
    matrices = [p for p in parameters if p.ndim > 1]
    vectors = [p for p in parameters if p.ndim == 1]
    return torch.optim.AdamW(
        [
            {"params": matrices, "weight_decay": WEIGHT_DECAY},
            {"params": vectors, "weight_decay": 0},
        ],
        lr=PEAK_RATE,
        fused=True,
    )


@dataclass(slots=True)
class Schedule:
    """When each periodic task was last done; `losses` are those since the last log line."""

    measured: float  # share of the run
    averaged: float  # share of the run
    saved: float  # time.monotonic()
    losses: list[float]


@dataclass(slots=True)
class Run:
    """What a training run needs, and its loop. Rank 0 also measures, saves and logs."""

    model: BertForQuestionAnswering
    tokenizer: Tokenizer
    contexts: Sequence[Context]
    plan: Sequence[Group]
    dev: Sequence[DevSet]
    out: Path
    minutes: float
    seed: int
    team: Team
    rank: int
    rate: float = PEAK_RATE

    def train(self) -> None:
        """Train to the end of the plan or the time, from the last checkpoint if there is one."""
        optimizer = make_optimizer(self.model)
        progress = load_checkpoint(self.out / CHECKPOINT, self.model, optimizer)
        share = progress.share(self.minutes)
        schedule = Schedule(share, share, time.monotonic(), [])
        for number, (read, batch) in enumerate(self.batches()):
            if progress.share(self.minutes) >= 1:
                break
            if number < progress.steps:
                continue  # done before the run was interrupted
            started = time.monotonic()
            for settings in optimizer.param_groups:
                settings["lr"] = learning_rate(progress.share(self.minutes), self.rate)
            schedule.losses.append(self.step(batch, optimizer))
            progress.steps, progress.read = number + 1, read
            progress.windows += len(batch.ids) * self.team.size  # about as many in the others
            seconds = progress.seconds + time.monotonic() - started
            progress.seconds = self.team.elapsed(seconds, self.rank)
            if self.rank == 0:
                self.run_due_tasks(progress, schedule, optimizer)

    def run_due_tasks(
        self, progress: Progress, schedule: Schedule, optimizer: torch.optim.Optimizer
    ) -> None:
        """Log, measure, average and save, each if it is due."""
        share = progress.share(self.minutes)
        if share >= AVERAGE_FROM and share >= schedule.averaged + AVERAGE_EVERY:
            schedule.averaged = share
            add_to_average(self.out / AVERAGE, self.model)
        if progress.steps % LOG_STEPS == 0:
            self.log(progress, {"loss": round(sum(schedule.losses) / len(schedule.losses), 4)})
            schedule.losses.clear()
        if share >= schedule.measured + DEV_EVERY or share >= 1:
            schedule.measured = share
            self.log(progress, {"dev": dev_scores(self.model, self.dev, self.tokenizer)})
        if time.monotonic() - schedule.saved > CHECKPOINT_SECONDS or share >= 1:
            save_checkpoint(self.out / CHECKPOINT, self.model, optimizer, progress)
            schedule.saved = time.monotonic()

    def step(self, batch: Batch, optimizer: torch.optim.Optimizer) -> float:
        """Take one optimizer step together with the other processes; return the loss before it."""
        loss = batch_loss(self.model, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        parameters = list(trainable(self.model).values())
        self.team.average_gradients(parameters, self.rank)
        torch.nn.utils.clip_grad_norm_(parameters, MAX_GRADIENT_NORM)
        optimizer.step()
        optimizer.zero_grad()
        return loss.item()

    def batches(self) -> Iterator[tuple[float, Batch]]:
        """Yield this process's batches, the same in each run, with the share of the plan read."""
        for start in range(0, len(self.plan), BLOCK):
            block = self.plan[start : start + BLOCK]
            rng = random.Random(f"{self.seed} {start}")  # noqa: S311
            whole = list(batches(encode(block, self.contexts, self.tokenizer), rng))
            whole = whole[: len(whole) // self.team.size * self.team.size]  # as many in each
            for number in range(self.rank, len(whole), self.team.size):
                done = (number // self.team.size + 1) * self.team.size / len(whole)
                yield (start + len(block) * done) / len(self.plan), whole[number]

    def log(self, progress: Progress, figures: dict[str, Any]) -> None:
        """Append one line to log.jsonl: the progress and the given figures."""
        share = round(progress.share(self.minutes), 4)
        line = {"share": share, **asdict(progress), **figures}
        with (self.out / "log.jsonl").open("a") as log:
            log.write(json.dumps(line) + "\n")
