"""The recipe of a run: how long, at which rates, and what depends on the kind of machine."""

from dataclasses import dataclass

import torch

from qa.training.model.bert import Reader
from qa.training.model.checkpoint import Progress, trainable

FINAL_RATE, WARMUP = 0.02, 0.04  # as shares of the peak rate and of the run
WEIGHT_DECAY = 0.01


@dataclass(frozen=True, slots=True)
class Device:
    """What depends on the kind of machine.

    Attributes:
        questions: In a step of one process.
        chunk_tokens: That the model reads at once.
        dropout: Share of activations.
        rate: Highest learning rate from a reader's weights, and from the encoder's.
        dev_questions: Measured of each dev set.
        measurements: Number of times that they are.
        workers: Processes that draw windows, for each one that trains.
    """

    questions: int
    chunk_tokens: int
    dropout: float
    rate: tuple[float, float]
    dev_questions: int
    measurements: int
    workers: int


DEVICES = {
    "cpu": Device(4, 1024, 0.0, (8e-5, 2e-4), 100, 3, 0),
    "cuda": Device(112, 16384, 0.1, (1.5e-4, 3e-4), 400, 6, 8),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """How long a run is, and when it measures.

    Attributes:
        minutes: Time to train, dev figures included.
        steps: Number of steps, instead of the time.
        rate: The highest learning rate.
        measurements: How often dev figures are taken, evenly spaced, the last at the end.
        save_seconds: Time between two checkpoints.
    """

    minutes: float
    steps: int | None
    rate: float
    measurements: int
    save_seconds: float = 240.0

    def share(self, progress: Progress) -> float:
        """Return the share of the run that is done, 0 to 1."""
        if self.steps:
            return min(1.0, progress.steps / self.steps)
        return min(1.0, progress.seconds / (60 * self.minutes))

    def measures(self, before: float, now: float) -> bool:
        """Return whether dev figures are due once the share has grown from `before` to `now`."""
        return int(now * self.measurements) > int(before * self.measurements)


def learning_rate(done: float, peak: float) -> float:
    """Return the rate once this share of the run (0 to 1) is done: warm-up, then linear decay."""
    warmup = FINAL_RATE + done / WARMUP
    return peak * min(1.0, warmup, max(FINAL_RATE, 1 - (1 - FINAL_RATE) * done))


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
