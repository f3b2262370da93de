"""Which files are still being written: those whose size or time changes from look to look."""

import os
import time
from pathlib import Path

REST = 0.5  # seconds without a change, after which a file is whole
LEAST = 0.2  # seconds of them between two looks, as a file's time may be of another's clock
OLD = 2.0  # seconds; a file last written so long ago is whole at the first look

Look = tuple[int, int, int] | None  # size, time, inode; None: not there


class Settling:
    """Looks at files that have changed; says which of them rest by now."""

    def __init__(self) -> None:
        self._looks: dict[str, tuple[Look, float]] = {}  # how it was, and since when
        self._refused: set[str] = set()  # by the build under way

    def look(self, file: Path | str) -> bool:
        """Whether `file` rests; one that does not is looked at until it does."""
        path, now = os.path.realpath(file), time.monotonic()
        look, age = _look(path)
        before = self._looks.get(path)
        if before is None and age > OLD:
            return True
        if before is None or before[0] != look:
            self._looks[path] = look, now - min(max(age, 0.0), REST - LEAST)
            return False
        return now - before[1] >= REST

    @property
    def anything_waits(self) -> bool:
        return bool(self._looks)

    def look_again(self) -> bool:
        """Look at every file that waits; whether all of them rest."""
        return all({path: self.look(path) for path in self._looks}.values())

    def ready(self, file: Path | str) -> bool:
        """`look`, for a build: what it may not read now is for the next one."""
        rests = self.look(file)
        if not rests:
            self._refused.add(os.path.realpath(file))
        return rests

    def forget_what_was_read(self) -> None:
        """After a build: all that it could read, and that has not changed again since."""
        self._looks = {
            path: seen
            for path, seen in self._looks.items()
            if path in self._refused or not self.look(path)
        }
        self._refused.clear()


def _look(path: str) -> tuple[Look, float]:
    try:
        about = os.stat(path)
    except OSError:
        return None, 0.0
    return (about.st_size, about.st_mtime_ns, about.st_ino), time.time() - about.st_mtime
