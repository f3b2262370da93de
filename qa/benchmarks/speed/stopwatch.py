"""Where the time of a question goes: functions are wrapped, and each counts its own time alone."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

Place = tuple[str, Any, str]  # stage, object or class, name of its function


class Stopwatch:
    """Seconds by stage; what a wrapped function calls that is wrapped too is not counted twice."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._inner: list[float] = []  # of each call under way, what the calls inside it took

    @contextmanager
    def on(self, places: Sequence[Place]) -> Iterator[None]:
        """Time the functions at `places` inside the block."""
        with ExitStack() as stack:
            for stage, owner, name in places:
                timed = self._timed(stage, getattr(owner, name))
                stack.enter_context(patch.object(owner, name, timed))
            yield

    def _timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            with self.stage(stage):
                return function(*given, **named)

        return run

    @contextmanager
    def stage(self, stage: str) -> Iterator[None]:
        """Count the block, less what is wrapped in it, to `stage`."""
        started = time.perf_counter()
        self._inner.append(0.0)
        try:
            yield
        finally:
            whole = time.perf_counter() - started
            self.seconds[stage] += whole - self._inner.pop()
            if self._inner:
                self._inner[-1] += whole
