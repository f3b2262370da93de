"""Several processes of one thread each, training one model together.

Each reads its own batches; after every step the gradients are averaged through shared memory, so
that all hold the same weights. On a CPU that does other work too, one process with many threads
waits for its slowest thread at every operation; here they wait once a step.
"""

import os
from collections.abc import Callable, Iterable
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from typing import Any

import torch
from torch import Tensor, nn
from torch.multiprocessing.spawn import spawn

PATIENCE = 1800.0  # seconds; the first process also measures and saves while the others wait


class Team:
    """What the processes share: a row of gradients each, and the first one's clock."""

    def __init__(self, size: int, parameters: int) -> None:
        self.size = size
        self._parent = os.getpid()
        self._gradients = _shared(torch.zeros(size, parameters))
        self._clock = _shared(torch.zeros(1, dtype=torch.float64))
        self._barrier: Barrier = get_context("spawn").Barrier(size)

    def average_gradients(self, parameters: Iterable[nn.Parameter], rank: int) -> None:
        """Replace each parameter's gradient by its mean over the processes."""
        held = [p.grad for p in parameters if p.grad is not None]
        mine = self._gradients[rank]
        torch.cat([g.reshape(-1) for g in held], out=mine)
        self._barrier.wait(PATIENCE)
        mean = self._gradients.mean(0)
        self._barrier.wait(PATIENCE)  # before the next step writes over what another still reads
        for gradient, part in zip(held, torch.split(mean, [g.numel() for g in held]), strict=True):
            gradient.copy_(part.view_as(gradient))

    def agreed(self, seconds: float, rank: int) -> float:
        """The first process's time, for all: what hangs on it must be the same in each."""
        if self.size > 1 and os.getppid() != self._parent:
            raise SystemExit("the process that started the training is gone")
        if rank == 0:
            self._clock[0] = seconds
        self._barrier.wait(PATIENCE)
        found = float(self._clock[0])
        self._barrier.wait(PATIENCE)
        return found


def run(size: int, parameters: int, work: Callable[..., None], *arguments: Any) -> None:
    """Call work(rank, team, *arguments) in `size` processes and wait for all of them."""
    team = Team(size, parameters)
    if size == 1:
        work(0, team, *arguments)
        return
    spawn(work, (team, *arguments), nprocs=size)  # type: ignore[no-untyped-call]


def _shared(tensor: Tensor) -> Tensor:
    tensor.share_memory_()  # type: ignore[no-untyped-call]
    return tensor
