"""Data-parallel training in several single-threaded processes.

Each process reads its own batches; after every step gradients are averaged through shared memory,
so that all hold the same weights. On a busy CPU one process with many threads waits for its
slowest thread at every operation; here they wait once a step.
"""

import os
from collections.abc import Callable, Iterable
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from typing import Any

import torch
from torch import Tensor, nn
from torch.multiprocessing.spawn import spawn

BARRIER_TIMEOUT = 1800.0  # seconds; the others wait while rank 0 measures and saves


class Team:
    """What the processes share: a row of gradients for each, and the clock of rank 0."""

    def __init__(self, size: int, parameters: int) -> None:
        self.size = size
        self._parent = os.getpid()
        self._gradients = _shared(torch.zeros(size, parameters))
        self._clock = _shared(torch.zeros(1, dtype=torch.float64))
        self._barrier: Barrier = get_context("spawn").Barrier(size)

    def average_gradients(self, parameters: Iterable[nn.Parameter], rank: int) -> None:
        """Replace each parameter's gradient with its mean over the processes."""
        gradients = [p.grad for p in parameters if p.grad is not None]
        mine = self._gradients[rank]
        torch.cat([g.reshape(-1) for g in gradients], out=mine)
        self._barrier.wait(BARRIER_TIMEOUT)
        mean = self._gradients.mean(0)
        self._barrier.wait(BARRIER_TIMEOUT)  # others may still read what the next step overwrites
        sizes = [g.numel() for g in gradients]
        for gradient, part in zip(gradients, torch.split(mean, sizes), strict=True):
            gradient.copy_(part.view_as(gradient))

    def elapsed(self, seconds: float, rank: int) -> float:
        """Return the seconds of rank 0, so that all take the same decisions by the clock.

        Raises:
            SystemExit: The process that started the training has ended.
        """
        if self.size > 1 and os.getppid() != self._parent:
            raise SystemExit("the process that started the training has ended: start it again")
        if rank == 0:
            self._clock[0] = seconds
        self._barrier.wait(BARRIER_TIMEOUT)
        elapsed = float(self._clock[0])
        self._barrier.wait(BARRIER_TIMEOUT)
        return elapsed


def run(size: int, parameters: int, work: Callable[..., None], *arguments: Any) -> None:
    """Call `work(rank, team, *arguments)` in `size` processes and wait for all of them."""
    team = Team(size, parameters)
    if size == 1:
        work(0, team, *arguments)
        return
    spawn(work, (team, *arguments), nprocs=size)  # type: ignore[no-untyped-call]


def _shared(tensor: Tensor) -> Tensor:
    tensor.share_memory_()  # type: ignore[no-untyped-call]
    return tensor
