"""A limit on the processor time of what hostile or long input must not slow down."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

LIMIT = 10.0  # seconds of this thread; it takes a fraction of one, the square of the size minutes


@contextmanager
def quick() -> Iterator[None]:
    """Fail if the block takes long, however busy the machine is with other things."""
    started = time.thread_time()
    yield
    assert time.thread_time() - started < LIMIT
