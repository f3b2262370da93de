"""Watch the seeds folder and bring the index up to date once changed files have settled.

A burst of changes becomes one build. A file that is still being written waits for the next build;
until then its indexed version stays.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import watchfiles

from index.errors import ArchiveError
from index.store.doors import folder_of

from .builder import build
from .report import BuildReport
from .seed_files import is_address
from .settling import Settling

# ms: a burst ends after this long without changes; a burst lasts at most; between two checks
STEP, DEBOUNCE, TIMEOUT = 50, 200, 100
PATIENCE = 5.0  # seconds after which a build no longer waits for a file that keeps changing
RETRY = 5.0  # seconds until a failed build is tried again

OnBuild = Callable[[BuildReport | ArchiveError], None]


def watch(
    seeds: str | os.PathLike[str],
    index: str | os.PathLike[str],
    *,
    on_build: OnBuild,
    stop: threading.Event | None = None,
    **options: Any,
) -> None:
    """Build now and after every change, until `stop` is set.

    Args:
        seeds: The folder to watch. While it is missing, it is looked for every few seconds.
        index: Folder of the index.
        on_build: Called with the report of each build that changed something, and with errors,
            after which watching goes on.
        stop: Set it from another thread to return.
        **options: Passed on to `build`.

    Raises:
        ArchiveError: The seeds are at an address, not in a folder.
    """
    if is_address(seeds):
        raise ArchiveError(
            f"the seeds at '{seeds}' cannot be watched: build again from time to time"
        )
    stop = stop or threading.Event()
    watcher = _Watcher(Path(seeds), index, on_build, options)
    while not stop.is_set():
        try:
            watcher.run(stop)
        except FileNotFoundError:  # the folder is missing
            watcher.build()
            stop.wait(RETRY)


class _Watcher:
    def __init__(
        self,
        seeds: Path,
        index: str | os.PathLike[str],
        on_build: OnBuild,
        options: dict[str, Any],
    ) -> None:
        self.seeds, self.index, self.on_build, self.options = seeds, index, on_build, options
        self.settling = Settling()
        self.last_message = ""  # so that none is repeated
        self.named: list[tuple[str, str]] | None = None  # by the last build

    def run(self, stop: threading.Event) -> None:
        """Build now and after every change.

        Raises:
            FileNotFoundError: The folder was removed or replaced.
        """
        inode = os.stat(self.seeds).st_ino
        due, failed = time.monotonic(), False  # the latest time of the next build
        for changed in self._changes(stop):
            now = time.monotonic()
            if changed and not self.settling.pending:
                due = now + PATIENCE
            failed = failed and not changed
            for path in changed:
                self.settling.check(path)
            if os.stat(self.seeds).st_ino != inode:
                raise FileNotFoundError
            settled = self.settling.check_all()
            if now >= due or (self.settling.pending and settled and not failed):
                failed = not self.build()
                pending = self.settling.pending
                due = now + (RETRY if failed else PATIENCE if pending else float("inf"))

    def _changes(self, stop: threading.Event) -> Iterator[list[str]]:
        """Yield the paths that have changed since the last time, often none."""
        for changes in watchfiles.watch(
            self.seeds.resolve(),
            watch_filter=self._is_seed,
            debounce=DEBOUNCE,
            step=STEP,
            rust_timeout=TIMEOUT,
            yield_on_timeout=True,
            stop_event=stop,
            ignore_permission_denied=True,
        ):
            yield [path for _, path in changes]

    def _is_seed(self, _: watchfiles.Change, path: str) -> bool:
        """Whether a build would read it: not if it is hidden, or of an index among the seeds."""
        file, index = Path(path), folder_of(self.index)
        if index is not None and file.is_relative_to(index.resolve()):
            return False
        return not any(
            part.startswith(".") for part in file.relative_to(self.seeds.resolve()).parts
        )

    def build(self) -> bool:
        """Build and report it; return whether the index is up to date now."""
        try:
            report = build(self.seeds, self.index, ready=self.settling.ready, **self.options)
        except ArchiveError as error:
            self._report(error)
            return False
        self.settling.forget_settled()
        named = report.skipped + report.partly_read
        if report.added or report.changed or report.removed or named != self.named:
            self.last_message = ""
            self._report(report)
        self.named = named
        return True

    def _report(self, outcome: BuildReport | ArchiveError) -> None:
        if str(outcome) != self.last_message:
            self.last_message = str(outcome)
            self.on_build(outcome)
