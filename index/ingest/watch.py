"""Watch the seeds folder: whenever its files have changed and rest, bring the index up to date.

A burst of changes becomes one build. A file that is still being written waits for the next build,
and what the index has of it is kept until then.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import watchfiles

from index.errors import ArchiveError

from .builder import build
from .report import BuildReport
from .settling import Settling

STEP, GROUP, WAKE = 50, 200, 100  # ms: without news; of news in one go; between two looks
PATIENCE = 5.0  # seconds after which a build no longer waits for a file that goes on changing
RETRY = 5.0  # seconds after a build that failed, by a full disk say

Said = Callable[[BuildReport | ArchiveError], None]


def watch(
    seeds: str | os.PathLike[str],
    index: str | os.PathLike[str],
    *,
    said: Said,
    stop: threading.Event | None = None,
    **options: Any,
) -> None:
    """Build, and again after every change, until `stop` is set; `options` are those of `build`.

    `said` is given the report of every build that found something, and errors: they end nothing.
    """
    stop = stop or threading.Event()
    watcher = _Watcher(Path(seeds), Path(index), said, options)
    while not stop.is_set():
        try:
            watcher.run(stop)
        except FileNotFoundError:  # the folder is not there, or no more
            watcher.build()
            stop.wait(RETRY)


class _Watcher:
    def __init__(self, seeds: Path, index: Path, said: Said, options: dict[str, Any]) -> None:
        self.seeds, self.index, self.said, self.options = seeds, index, said, options
        self.resting = Settling()
        self.last = ""  # what was said last, so that nothing is said twice in a row
        self.skipped: list[tuple[str, str]] | None = None

    def run(self, stop: threading.Event) -> None:
        """Build now and after every change; FileNotFoundError once the folder is another or gone"""
        which = os.stat(self.seeds).st_ino
        due, failed = time.monotonic(), False  # build at that time at the latest: the first now
        for changed in self._changes(stop):
            now = time.monotonic()
            if changed and not self.resting.anything_waits:
                due = now + PATIENCE
            failed = failed and not changed
            for path in changed:
                self.resting.look(path)
            if os.stat(self.seeds).st_ino != which:
                raise FileNotFoundError
            rested = self.resting.look_again()
            if now >= due or (self.resting.anything_waits and rested and not failed):
                failed = not self.build()
                waits = self.resting.anything_waits
                due = now + (RETRY if failed else PATIENCE if waits else float("inf"))

    def _changes(self, stop: threading.Event) -> Iterator[list[str]]:
        """The paths that have changed since the last time, often none."""
        for changes in watchfiles.watch(
            self.seeds.resolve(),
            watch_filter=self._is_seed,
            debounce=GROUP,
            step=STEP,
            rust_timeout=WAKE,
            yield_on_timeout=True,
            stop_event=stop,
            ignore_permission_denied=True,
        ):
            yield [path for _, path in changes]

    def _is_seed(self, _: watchfiles.Change, path: str) -> bool:
        """Not what is hidden, which no build reads, nor the index where it is among the seeds."""
        file = Path(path)
        if file.is_relative_to(self.index.resolve()):
            return False
        return not any(
            part.startswith(".") for part in file.relative_to(self.seeds.resolve()).parts
        )

    def build(self) -> bool:
        """Whether the index is up to date now; what was found or failed is said."""
        try:
            report = build(self.seeds, self.index, ready=self.resting.ready, **self.options)
        except ArchiveError as error:
            self._say(error, str(error))
            return False
        self.resting.forget_what_was_read()
        if report.added or report.changed or report.removed or report.skipped != self.skipped:
            self.last = ""
            self._say(report, str(report))
        self.skipped = report.skipped
        return True

    def _say(self, what: BuildReport | ArchiveError, words: str) -> None:
        if words != self.last:
            self.last = words
            self.said(what)
