"""Which files are still being written: those whose size or time changes between checks."""

import os
import time
from pathlib import Path

QUIET = 0.5  # seconds without a change after which a file is whole
MIN_WATCHED = 0.2  # of these, seconds between two checks: file times may come from another clock
OLD = 2.0  # seconds; a file last written this long ago is whole at the first check

State = tuple[int, int, int] | None  # size, time, inode; None: missing


class Settling:
    """Keeps track of files that have changed, and of whether they have settled by now."""

    def __init__(self) -> None:
        self._watched: dict[str, tuple[State, float]] = {}  # by path: the state, and since when
        self._refused: set[str] = set()  # by the build under way

    def check(self, file: Path | str) -> bool:
        """Return whether `file` has settled; if not, it is watched until it has."""
        path, now = os.path.realpath(file), time.monotonic()
        state, age = _state(path)
        before = self._watched.get(path)
        if before is None and age > OLD:
            return True
        if before is None or before[0] != state:
            self._watched[path] = state, now - min(max(age, 0.0), QUIET - MIN_WATCHED)
            return False
        return now - before[1] >= QUIET

    @property
    def pending(self) -> bool:
        """Whether any file is watched."""
        return bool(self._watched)

    def check_all(self) -> bool:
        """Check every watched file; return whether all have settled."""
        return all({path: self.check(path) for path in self._watched}.values())

    def ready(self, file: Path | str) -> bool:
        """Like `check`, for a build: a file that it may not read is left for the next build."""
        settled = self.check(file)
        if not settled:
            self._refused.add(os.path.realpath(file))
        return settled

    def forget_settled(self) -> None:
        """After a build, stop watching what it read, unless it has changed again since."""
        self._watched = {
            path: seen
            for path, seen in self._watched.items()
            if path in self._refused or not self.check(path)
        }
        self._refused.clear()


def _state(path: str) -> tuple[State, float]:
    """Return the state of a file and its age in seconds."""
    try:
        about = os.stat(path)
    except OSError:
        return None, 0.0
    return (about.st_size, about.st_mtime_ns, about.st_ino), time.time() - about.st_mtime
