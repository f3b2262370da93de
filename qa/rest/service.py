"""What the operations work with: the archive, its queue, and work that ends with its client."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Annotated, TypeVar

import anyio
from fastapi import Depends, Request
from starlette.requests import ClientDisconnect

from qa.server.monitoring import MeteredArchive
from qa.server.request_queue import RequestQueue
from qa.standing.shared import SharedList

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Adding:
    """Where files are added, and the turns of builds: one runs, and none waits."""

    seeds: Path
    uploads: Path  # counted and emptied by the guard
    builds: RequestQueue = field(default_factory=lambda: RequestQueue(1, 0))


@dataclass(frozen=True, slots=True)
class Service:
    """An open archive, and the queue that all programs wait in."""

    archive: MeteredArchive
    queue: RequestQueue
    standing: SharedList | None = None  # of one archive
    adding: Adding | None = None  # None: nothing can be added

    async def run(self, request: Request, work: Callable[[], Result]) -> Result:
        """Run `work` in a thread when its turn comes, unless the client has left by then."""
        return await while_connected(request, partial(self.queue.run, work))

    async def run_each(
        self, request: Request, steps: Iterable[Callable[[], Result]]
    ) -> list[Result]:
        """Run the steps of one request one by one; others have their turns between them."""

        async def work() -> list[Result]:
            with self.queue.place() as place:
                return [await place.run(step) for step in steps]

        return await while_connected(request, work)


async def while_connected(request: Request, work: Callable[[], Awaitable[Result]]) -> Result:
    """Return the result of `work`, which is cancelled if the client leaves.

    A step that runs in a thread is finished first. Errors are those of `work`.

    Raises:
        ClientDisconnect: The client has left; nobody reads the response.
    """
    results: list[Result] = []
    failure: Exception | None = None

    async def watch(scope: anyio.CancelScope) -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        scope.cancel()

    async with anyio.create_task_group() as group:
        group.start_soon(watch, group.cancel_scope)
        try:
            results.append(await work())
        except Exception as error:  # a task group would wrap it
            failure = error
        group.cancel_scope.cancel()
    if failure:
        raise failure
    if not results:
        raise ClientDisconnect
    return results[0]


def _service(request: Request) -> Service:
    return request.app.state.service  # type: ignore[no-any-return]


Served = Annotated[Service, Depends(_service)]
