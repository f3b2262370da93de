"""How many requests are worked on at once."""

import asyncio
import threading

import pytest

from index.errors import ArchiveError
from qa.server.request_queue import RequestQueue


def test_no_more_than_so_many_run_and_wait() -> None:
    running, most, free = 0, 0, threading.Event()
    lock = threading.Lock()

    def work() -> str:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        free.wait(60)
        with lock:
            running -= 1
        return "done"

    async def ask() -> list[str]:
        turns = RequestQueue(running=2, waiting=3)
        asked = [asyncio.create_task(turns.take(work)) for _ in range(5)]
        await asyncio.sleep(0)
        with pytest.raises(ArchiveError, match="too many are asking"):
            await turns.take(work)
        free.set()
        return await asyncio.gather(*asked)

    assert asyncio.run(ask()) == ["done"] * 5
    assert most <= 2


def test_who_fails_makes_room() -> None:
    def fail() -> None:
        raise ValueError("broken")

    async def ask() -> str:
        turns = RequestQueue(running=1, waiting=0)
        for _ in range(3):
            with pytest.raises(ValueError, match="broken"):
                await turns.take(fail)
        return await turns.take(lambda: "done")

    assert asyncio.run(ask()) == "done"
