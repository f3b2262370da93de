"""One training run: the model, its optimizer, and the loop over the plan's batches."""

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
from qa.training.model.loss import relative, shared_loss, window_loss
from qa.training.model.state import (
    Progress,
    add_to_average,
    load_checkpoint,
    save_checkpoint,
    trainable,
)

from .dev_figures import DevSet, dev_figures
from .parallel import Team

RATE, FLOOR, WARMUP = 2e-4, 0.02, 0.03  # the peak rate; the last, and the warm-up, as shares
WEIGHT_DECAY, CLIP = 0.01, 1.0
DEV_EVERY = 0.2  # of the run
CHECKPOINT_SECONDS, LOG_STEPS = 240.0, 25
CHECKPOINT, AVERAGE = "checkpoint.safetensors", "average.safetensors"
AVERAGED_FROM, AVERAGE_EVERY = 0.87, 0.025  # the last weights are averaged, taken this often


def build_model(encoder: Path, start: Path | None = None) -> BertForQuestionAnswering:
    """The encoder with a span head, dropout off, word embeddings frozen.

    The layers and the head are those of the reader's weights `start`; without it the layers are
    the encoder's and the head is fresh.
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
    """Start and end logits, (windows, length, 2) fp32: bf16 would blur the scores."""
    with torch.autocast("cpu", torch.bfloat16):
        hidden = model.bert(batch.ids, attention_mask=batch.mask).last_hidden_state
    found: Tensor = model.qa_outputs(hidden.float())
    return found


def loss_of(model: BertForQuestionAnswering, batch: Batch) -> Tensor:
    scores = relative(logits(model, batch), batch.valid)
    return window_loss(scores, batch.spans) + shared_loss(scores, batch.spans, batch.group)


def rate_at(done: float, peak: float = RATE) -> float:
    """The learning rate when this share (0 to 1) of the run is done."""
    rise = min(1.0, done / WARMUP) if WARMUP else 1.0
    return peak * min(rise, max(FLOOR, 1 - (1 - FLOOR) * done))


def make_optimizer(model: BertForQuestionAnswering) -> torch.optim.AdamW:
    named = trainable(model)
    matrices = [p for p in named.values() if p.ndim > 1]
    vectors = [p for p in named.values() if p.ndim == 1]
    return torch.optim.AdamW(
        [
            {"params": matrices, "weight_decay": WEIGHT_DECAY},
            {"params": vectors, "weight_decay": 0},
        ],
        lr=RATE,
        fused=True,
    )


@dataclass(slots=True)
class Marks:
    """When each thing was last done: shares of the run, and the clock for checkpoints."""

    measured: float
    averaged: float
    saved: float
    losses: list[float]


@dataclass(slots=True)
class Run:
    """Everything that a training run needs, and the one loop over it."""

    model: BertForQuestionAnswering
    tokenizer: Tokenizer
    contexts: Sequence[Context]
    plan: Sequence[Group]
    dev: Sequence[DevSet]
    out: Path
    minutes: float
    seed: int
    team: Team
    rank: int  # the first process, 0, also measures, saves and logs
    rate: float = RATE

    def train(self) -> None:
        """Train to the end of the plan or of the time, from the last checkpoint if there is one."""
        optimizer = make_optimizer(self.model)
        at = load_checkpoint(self.out / CHECKPOINT, self.model, optimizer)
        marks = Marks(at.share(self.minutes), at.share(self.minutes), time.monotonic(), [])
        for number, (read, batch) in enumerate(self.batches()):
            if at.share(self.minutes) >= 1:
                break
            if number < at.steps:
                continue  # done before the run was killed
            began = time.monotonic()
            for settings in optimizer.param_groups:
                settings["lr"] = rate_at(at.share(self.minutes), self.rate)
            marks.losses.append(self.step(batch, optimizer))
            at.steps, at.read = number + 1, read
            at.windows += len(batch.ids) * self.team.size  # the others' are about as many
            at.seconds = self.team.agreed(at.seconds + time.monotonic() - began, self.rank)
            if self.rank == 0:
                self.keep(at, marks, optimizer)

    def keep(self, at: Progress, marks: Marks, optimizer: torch.optim.Optimizer) -> None:
        """Log, measure, average and save, each when it is due."""
        share = at.share(self.minutes)
        if share >= AVERAGED_FROM and share >= marks.averaged + AVERAGE_EVERY:
            marks.averaged = share
            add_to_average(self.out / AVERAGE, self.model)
        if at.steps % LOG_STEPS == 0:
            self.log(at, {"loss": round(sum(marks.losses) / len(marks.losses), 4)})
            marks.losses.clear()
        if share >= marks.measured + DEV_EVERY or share >= 1:
            marks.measured = share
            self.log(at, {"dev": dev_figures(self.model, self.dev, self.tokenizer)})
        if time.monotonic() - marks.saved > CHECKPOINT_SECONDS or share >= 1:
            save_checkpoint(self.out / CHECKPOINT, self.model, optimizer, at)
            marks.saved = time.monotonic()

    def step(self, batch: Batch, optimizer: torch.optim.Optimizer) -> float:
        """One step of the optimizer, with the other processes; the loss before it."""
        loss = loss_of(self.model, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        parameters = list(trainable(self.model).values())
        self.team.average_gradients(parameters, self.rank)
        torch.nn.utils.clip_grad_norm_(parameters, CLIP)
        optimizer.step()
        optimizer.zero_grad()
        return loss.item()

    def batches(self) -> Iterator[tuple[float, Batch]]:
        """This process's batches of the plan, the same in each run, with the share then read."""
        for start in range(0, len(self.plan), BLOCK):
            block = self.plan[start : start + BLOCK]
            rng = random.Random(f"{self.seed} {start}")  # noqa: S311
            found = list(batches(encode(block, self.contexts, self.tokenizer), rng))
            found = found[: len(found) // self.team.size * self.team.size]
            for number in range(self.rank, len(found), self.team.size):
                done = (number // self.team.size + 1) * self.team.size / len(found)
                yield (start + len(block) * done) / len(self.plan), found[number]

    def log(self, at: Progress, figures: dict[str, Any]) -> None:
        line = {"share": round(at.share(self.minutes), 4), **asdict(at), **figures}
        with (self.out / "log.jsonl").open("a") as log:
            log.write(json.dumps(line) + "\n")
