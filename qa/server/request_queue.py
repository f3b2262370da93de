"""How many requests of programs are worked on at once, and how many may wait."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from index.errors import ArchiveError

Result = TypeVar("Result")


class RequestQueue:
    """At most `running` at once, `waiting` more in the order in which they came."""

    def __init__(self, running: int, waiting: int) -> None:
        self._free = asyncio.Semaphore(running)
        self._places = running + waiting

    async def take(self, work: Callable[[], Result]) -> Result:
        """The result of `work`, done in a thread; ArchiveError when too many wait already."""
        if not self._places:
            raise ArchiveError("too many are asking at this moment: ask again in a little while")
        self._places -= 1
        try:
            async with self._free:
                return await asyncio.to_thread(work)
        finally:
            self._places += 1
