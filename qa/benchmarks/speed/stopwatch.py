"""Time the stages of a call by wrapping functions; each counts only its own time."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

Target = tuple[str, Any, str]  # stage, object or class, name of its function


class Stopwatch:
    """Seconds by stage; time in a wrapped function called by another is counted once."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._nested: list[float] = []  # for each call under way, seconds spent in calls inside it

    @contextmanager
    def wrap(self, targets: Sequence[Target]) -> Iterator[None]:
        """Time the functions at `targets` inside the block."""
        with ExitStack() as stack:
            for stage, owner, name in targets:
                timed = self._timed(stage, getattr(owner, name))
                stack.enter_context(patch.object(owner, name, timed))
            yield

    def _timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            with self.stage(stage):
                return function(*args, **kwargs)

        return run

    @contextmanager
    def stage(self, stage: str) -> Iterator[None]:
        """Add the block's time to `stage`, less what is timed inside it."""
        started = time.perf_counter()
        self._nested.append(0.0)
        try:
            yield
        finally:
            total = time.perf_counter() - started
            self.seconds[stage] += total - self._nested.pop()
            if self._nested:
                self._nested[-1] += total
