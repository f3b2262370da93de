"""Server-sent events: a response that is written while the work goes on.

The work does not wait for a slow reader: its few events are kept until they are read. When the
client leaves, the work ends after the step that runs.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, suppress
from math import inf
from typing import Any

import anyio
from anyio.streams.memory import MemoryObjectReceiveStream
from fastapi.sse import format_sse_event
from starlette.responses import JSONResponse, StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from qa.server.request_queue import Place, RequestQueue

HEARTBEAT = 10.0  # seconds without an event after which a comment shows that the server is there
MAX_SILENCE = 60.0  # seconds after which a client that reads nothing is dropped
HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}

Emit = Callable[[str, Any], None]  # the event's name and its data


class EventStream(StreamingResponse):
    """A response of server-sent events.

    `work` gets a place in the queue, which is free again when it returns, and a function that
    sends an event; the response ends with it. BusyError is raised before anything is sent.
    """

    media_type = "text/event-stream"

    def __init__(
        self,
        queue: RequestQueue,
        work: Callable[[Place, Emit], Awaitable[None]],
        heartbeat: float = HEARTBEAT,
    ) -> None:
        self._queue, self._work = queue, work
        self._sender, self._receiver = anyio.create_memory_object_stream[bytes](inf)
        super().__init__(_with_heartbeat(self._receiver, heartbeat), headers=HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events while the work goes on."""

        async def send_in_time(message: Message) -> None:
            with anyio.fail_after(MAX_SILENCE):
                await send(message)

        with self._sender, self._receiver, ExitStack() as held:
            place = held.enter_context(self._queue.place())
            async with anyio.create_task_group() as group:
                group.start_soon(self._produce, place, held)
                # the server closes a connection whose response is not completed
                with suppress(TimeoutError):
                    await super().__call__(scope, receive, send_in_time)
                group.cancel_scope.cancel()

    async def _produce(self, place: Place, held: ExitStack) -> None:
        def emit(name: str, data: Any) -> None:
            text = bytes(JSONResponse(data).body).decode()
            self._sender.send_nowait(format_sse_event(event=name, data_str=text))

        with self._sender, held.pop_all():
            await self._work(place, emit)


async def _with_heartbeat(
    events: MemoryObjectReceiveStream[bytes], seconds: float
) -> AsyncIterator[bytes]:
    while True:
        with anyio.move_on_after(seconds) as waiting:
            try:
                event = await events.receive()
            except anyio.EndOfStream:
                return
        yield format_sse_event(comment="still working") if waiting.cancelled_caught else event
