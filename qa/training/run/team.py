"""Data-parallel training: processes that hold the same weights and average their gradients.

On a busy CPU one process with many threads waits for its slowest thread at every operation;
single-threaded processes wait once a step.
"""

import os
import socket
from collections.abc import Callable, Iterable
from datetime import timedelta
from multiprocessing import get_context
from typing import Any

import torch
from torch import Tensor, distributed, nn

TIMEOUT = timedelta(minutes=30)


class Team:
    """One of `size` processes, and what it does together with the others."""

    def __init__(self, rank: int = 0, size: int = 1) -> None:
        self.rank, self.size = rank, size

    def step(self, parameters: Iterable[nn.Parameter], clock: tuple[float, float]) -> list[float]:
        """Average the gradients over all processes; return the numbers in `clock` of the first.

        So all processes take the same decisions by the clock.
        """
        if self.size == 1:
            return list(clock)
        gradients = [p.grad for p in parameters if p.grad is not None]
        device = gradients[0].device
        mine = torch.tensor(clock if self.rank == 0 else (0.0, 0.0), device=device)
        flat = torch.cat([*(g.reshape(-1) for g in gradients), mine * self.size])
        distributed.all_reduce(flat)
        flat /= self.size
        for gradient, part in zip(gradients, _split(flat, gradients), strict=False):
            gradient.copy_(part.view_as(gradient))
        return flat[-len(clock) :].tolist()

    def gather(self, rows: list[Any]) -> list[Any]:
        """Return the rows of all processes."""
        if self.size == 1:
            return rows
        gathered: list[Any] = [None] * self.size
        distributed.all_gather_object(gathered, rows)
        return [row for part in gathered for row in part]


def run(size: int, cuda: bool, work: Callable[..., None], *arguments: Any) -> None:
    """Call `work(team, *arguments)` in `size` processes, of which this is the first."""
    if size == 1:
        work(Team(), *arguments)
        return
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{found.getsockname()[1]}"
    context = get_context("spawn")
    others = [
        context.Process(
            target=_join, args=(rank, size, address, cuda, work, arguments), daemon=True
        )
        for rank in range(1, size)
    ]
    for process in others:
        process.start()
    _join(0, size, address, cuda, work, arguments)
    for process in others:
        process.join()


def _join(
    rank: int, size: int, address: str, cuda: bool, work: Callable[..., None], arguments: Any
) -> None:
    if cuda:
        torch.cuda.set_device(rank)
    else:
        os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
    backend = "nccl" if cuda else "gloo"
    distributed.init_process_group(
        backend, init_method=address, rank=rank, world_size=size, timeout=TIMEOUT
    )
    try:
        work(Team(rank, size), *arguments)
    finally:
        distributed.destroy_process_group()


def _split(flat: Tensor, gradients: list[Tensor]) -> tuple[Tensor, ...]:
    sizes = [g.numel() for g in gradients]
    return torch.split(flat, [*sizes, len(flat) - sum(sizes)])
