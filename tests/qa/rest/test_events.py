"""Streams of server-sent events: heartbeats, slow readers, and clients that leave."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from starlette.types import Message

from qa.rest import events
from qa.rest.events import Emit, EventStream
from qa.server.request_queue import BusyError, Place, RequestQueue

SCOPE = {"type": "http", "asgi": {"version": "3.0"}, "headers": []}
Send = Callable[[Message], Awaitable[None]]


async def never() -> Any:
    await asyncio.Event().wait()


async def body_of(stream: EventStream, sent: list[Message]) -> str:

    async def send(message: Message) -> None:
        sent.append(message)

    await stream(dict(SCOPE), never, send)
    assert sent[0]["status"] == 200
    assert (b"content-type", b"text/event-stream; charset=utf-8") in sent[0]["headers"]
    assert not sent[-1]["more_body"]
    return b"".join(message.get("body", b"") for message in sent).decode()


def test_events_are_sent_as_they_come_with_heartbeats_between_them() -> None:
    sent: list[Message] = []

    async def main() -> str:
        async def work(place: Place, emit: Emit) -> None:
            emit("progress", {"text": "a\nb\u2028 é"})
            while b": still working\n\n" not in [message.get("body") for message in sent]:
                await asyncio.sleep(0.001)
            emit("done", {})

        return await body_of(EventStream(RequestQueue(1, 1), work, heartbeat=0.01), sent)

    body = asyncio.run(main())
    first, *beats, last = body.strip().split("\n\n")
    assert first == 'event: progress\ndata: {"text":"a\\nb\u2028 é"}'
    assert set(beats) == {": still working"}
    assert last == "event: done\ndata: {}"


def test_a_full_queue_refuses_before_anything_is_sent() -> None:
    async def main() -> None:
        async def work(place: Place, emit: Emit) -> None:
            raise AssertionError

        queue = RequestQueue(1, 0)
        with queue.place(), pytest.raises(BusyError):
            await body_of(EventStream(queue, work), [])
        assert await queue.run(lambda: "free") == "free"

    asyncio.run(main())


def test_a_slow_reader_does_not_hold_a_place() -> None:
    async def main() -> None:
        queue, read, done = RequestQueue(1, 0), asyncio.Event(), asyncio.Event()

        async def work(place: Place, emit: Emit) -> None:
            for _ in range(100):
                emit("progress", {"state": "x" * 10_000})
            await place.run(lambda: None)
            done.set()

        async def send(message: Message) -> None:
            await read.wait()

        stream = asyncio.create_task(EventStream(queue, work)(dict(SCOPE), never, send))
        await done.wait()
        await asyncio.sleep(0)
        assert await queue.run(lambda: "free") == "free"
        assert not stream.done()
        read.set()
        await stream

    asyncio.run(main())


def test_a_reader_that_reads_nothing_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "MAX_SILENCE", 0.01)

    async def main() -> None:
        async def work(place: Place, emit: Emit) -> None:
            emit("done", {})

        async def send(message: Message) -> None:
            await asyncio.Event().wait()

        await EventStream(RequestQueue(1, 0), work)(dict(SCOPE), never, send)

    asyncio.run(main())


def test_a_client_that_leaves_ends_the_work_after_its_step() -> None:
    steps: list[int] = []

    async def main() -> None:
        queue, begun, gone = RequestQueue(1, 0), asyncio.Event(), asyncio.Event()
        loop, finish = asyncio.get_running_loop(), threading.Event()

        def first() -> None:
            loop.call_soon_threadsafe(begun.set)
            finish.wait(60)
            steps.append(1)

        async def work(place: Place, emit: Emit) -> None:
            await place.run(first)
            await place.run(lambda: steps.append(2))

        async def receive() -> Message:
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            pass

        stream = asyncio.create_task(EventStream(queue, work)(dict(SCOPE), receive, send))
        await begun.wait()
        gone.set()
        await asyncio.sleep(0.01)
        with pytest.raises(BusyError):  # the step that runs still has its turn
            await queue.run(lambda: None)
        finish.set()
        await stream
        assert await queue.run(lambda: "free") == "free"

    asyncio.run(main())
    assert steps == [1]
