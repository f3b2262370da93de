"""Work ends with its client."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from fastapi import Request
from starlette.requests import ClientDisconnect

from qa.rest.service import while_connected
from qa.server.request_queue import RequestQueue


def request_that_ends(gone: asyncio.Event) -> Request:
    """A request whose client leaves when the event is set."""

    async def receive() -> Any:
        await gone.wait()
        return {"type": "http.disconnect"}

    return Request({"type": "http", "method": "GET", "path": "/", "headers": []}, receive)


def run(work: Callable[[asyncio.Event], Awaitable[Any]]) -> Any:
    async def main() -> Any:
        gone = asyncio.Event()
        return await while_connected(request_that_ends(gone), lambda: work(gone))

    return asyncio.run(main())


def test_the_result_is_that_of_the_work() -> None:
    async def work(_: asyncio.Event) -> int:
        return 3

    assert run(work) == 3


def test_an_error_is_that_of_the_work() -> None:
    async def work(_: asyncio.Event) -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        run(work)


def test_work_that_waits_ends_when_the_client_leaves() -> None:
    async def work(gone: asyncio.Event) -> None:
        gone.set()
        await asyncio.Event().wait()

    with pytest.raises(ClientDisconnect):
        run(work)


def test_a_request_that_waits_for_its_turn_gives_its_place_up() -> None:
    started: list[str] = []

    async def main() -> None:
        queue, release, gone = RequestQueue(1, 1), threading.Event(), asyncio.Event()
        running = asyncio.create_task(queue.run(lambda: release.wait(300)))
        await asyncio.sleep(0)
        waiting = asyncio.create_task(
            while_connected(
                request_that_ends(gone), lambda: queue.run(lambda: started.append("waiting"))
            )
        )
        await asyncio.sleep(0.01)
        gone.set()
        with pytest.raises(ClientDisconnect):
            await waiting
        other = asyncio.create_task(queue.run(lambda: started.append("other")))
        await asyncio.sleep(0)
        release.set()
        await asyncio.gather(running, other)

    asyncio.run(main())
    assert started == ["other"]
