"""A limit on the requests of programs: how many run at once, and how many may wait."""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, WouldBlock, to_thread

from index.errors import ArchiveError

Result = TypeVar("Result")


class RequestQueue:
    """At most `max_running` requests at once and `max_waiting` more, first come, first served."""

    def __init__(self, max_running: int, max_waiting: int) -> None:
        self._running = CapacityLimiter(max_running)
        self._admitted = CapacityLimiter(max_running + max_waiting)

    async def run(self, work: Callable[[], Result]) -> Result:
        """Run `work` in a thread; ArchiveError if too many requests wait already."""
        try:
            self._admitted.acquire_nowait()
        except WouldBlock:
            raise ArchiveError("too many requests are waiting: try again in a moment") from None
        try:
            return await to_thread.run_sync(work, limiter=self._running)
        finally:
            self._admitted.release()
