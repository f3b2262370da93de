"""The limit on requests that run at once and that wait."""

import asyncio
import threading
from functools import partial

import pytest

from qa.server.request_queue import BusyError, OverdueError, RequestQueue


def test_a_full_queue_refuses_and_runs_no_more_than_its_limit() -> None:
    running, peak, release = 0, 0, threading.Event()
    lock = threading.Lock()

    def work() -> str:
        nonlocal running, peak
        with lock:
            running += 1
            peak = max(peak, running)
        release.wait(300)
        with lock:
            running -= 1
        return "done"

    async def ask() -> list[str]:
        queue = RequestQueue(max_running=2, max_waiting=3)
        requests = [asyncio.create_task(queue.run(work)) for _ in range(5)]
        await asyncio.sleep(0)
        with pytest.raises(BusyError, match="too many requests are waiting"):
            await queue.run(work)
        release.set()
        return await asyncio.gather(*requests)

    assert asyncio.run(ask()) == ["done"] * 5
    assert peak <= 2


def test_waiting_requests_run_in_the_order_of_arrival() -> None:
    order: list[int] = []

    async def ask() -> None:
        queue = RequestQueue(max_running=1, max_waiting=10)
        await asyncio.gather(*(queue.run(partial(order.append, n)) for n in range(10)))

    asyncio.run(ask())
    assert order == list(range(10))


def test_a_failed_request_frees_its_place() -> None:
    def fail() -> None:
        raise ValueError("broken")

    async def ask() -> str:
        queue = RequestQueue(max_running=1, max_waiting=0)
        for _ in range(3):
            with pytest.raises(ValueError, match="broken"):
                await queue.run(fail)
        return await queue.run(lambda: "done")

    assert asyncio.run(ask()) == "done"


def test_a_queue_may_be_made_before_the_event_loop_runs() -> None:
    queue = RequestQueue(max_running=1, max_waiting=0)
    assert asyncio.run(queue.run(lambda: "done")) == "done"


def test_a_request_that_waits_too_long_is_told() -> None:
    async def ask() -> str:
        queue, release = RequestQueue(1, 1, max_seconds=0.01), threading.Event()
        running = asyncio.create_task(queue.run(lambda: release.wait(300)))
        await asyncio.sleep(0)
        with pytest.raises(OverdueError, match=r"waited for 0\.01 seconds"):
            await queue.run(lambda: None)
        release.set()
        await running
        return await queue.run(lambda: "done")

    assert asyncio.run(ask()) == "done"


def test_others_have_their_turns_between_the_steps_of_a_request() -> None:
    order: list[str] = []

    async def ask() -> None:
        queue = RequestQueue(max_running=1, max_waiting=1)

        async def steps(name: str) -> None:
            with queue.place() as place:
                for _ in range(3):
                    await place.run(partial(order.append, name))

        await asyncio.gather(steps("a"), steps("b"))

    asyncio.run(ask())
    assert order == ["a", "b"] * 3


def test_a_place_that_is_given_up_is_free_again() -> None:
    async def ask() -> None:
        queue = RequestQueue(max_running=1, max_waiting=0)
        with queue.place(), pytest.raises(BusyError), queue.place():
            pass
        with queue.place():
            pass

    asyncio.run(ask())
