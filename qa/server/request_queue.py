"""A limit on the requests of programs: how many run at once, and how many may wait."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from anyio import CapacityLimiter, WouldBlock, move_on_after, to_thread

from index.errors import ArchiveError

MAX_SECONDS = 60  # that a request waits for its turn

Result = TypeVar("Result")


class BusyError(ArchiveError):
    """Too many requests are waiting already."""


class OverdueError(ArchiveError):
    """A request waited too long for its turn."""


class RequestQueue:
    """At most `max_running` requests at once and `max_waiting` more, first come, first served."""

    def __init__(
        self, max_running: int, max_waiting: int, max_seconds: float = MAX_SECONDS
    ) -> None:
        self._running = CapacityLimiter(max_running)
        self._threads = CapacityLimiter(max_running)  # so that no thread is ever waited for
        self._admitted = CapacityLimiter(max_running + max_waiting)
        self._max_seconds = max_seconds

    async def run(self, work: Callable[[], Result]) -> Result:
        """Run `work` in a thread.

        Raises:
            BusyError: Too many requests wait already.
            OverdueError: Its turn did not come in time.
        """
        with self.place() as place:
            return await place.run(work)

    @contextmanager
    def place(self) -> Iterator["Place"]:
        """Hold a place for a request of several steps, which others may run between.

        Raises:
            BusyError: Too many requests wait already.
        """
        request = object()  # a task may hold several places
        try:
            self._admitted.acquire_on_behalf_of_nowait(request)
        except WouldBlock:
            raise BusyError("too many requests are waiting: try again in a moment") from None
        try:
            yield Place(self._running, self._threads, self._max_seconds)
        finally:
            self._admitted.release_on_behalf_of(request)


class Place:
    """The right to wait for a turn, as often as a request has steps."""

    def __init__(
        self, running: CapacityLimiter, threads: CapacityLimiter, max_seconds: float
    ) -> None:
        self._running, self._threads, self._max_seconds = running, threads, max_seconds

    async def run(self, work: Callable[[], Result]) -> Result:
        """Run one step in a thread when its turn comes.

        A request that is cancelled while it waits never runs; a step that runs already is finished.

        Raises:
            OverdueError: Its turn did not come in time.
        """
        step = object()
        with move_on_after(self._max_seconds) as waiting:
            await self._running.acquire_on_behalf_of(step)
        if waiting.cancelled_caught:
            raise OverdueError(
                f"the request waited for {self._max_seconds:g} seconds: try again later"
            )
        try:
            return await to_thread.run_sync(work, limiter=self._threads)
        finally:
            self._running.release_on_behalf_of(step)
