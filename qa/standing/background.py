"""Ask standing questions whenever a running chat has a new build to answer from.

Runs in a thread of its own, one question at a time, and only while nobody else is being answered.
"""

import logging
import threading
from collections.abc import Callable

from index.errors import ArchiveError
from qa.archive import Archive

from .book import Book
from .checking import check

EVERY = 5.0  # seconds between two looks at the index
RETRY = 60.0  # seconds until a check that failed is tried again


class Background:
    """The thread's work; `wake` makes it look at once."""

    def __init__(self, archive: Archive, book: Book, is_busy: Callable[[], bool]) -> None:
        """Take an archive and its questions.

        Args:
            archive: Answers them.
            book: The standing questions.
            is_busy: Whether somebody is being answered.
        """
        self._archive, self._book, self._is_busy = archive, book, is_busy
        self._stop, self._woken = threading.Event(), threading.Event()
        self._done: tuple[object, ...] | None = None  # the state of the last check

    def wake(self) -> None:
        """Look at once: a question was added."""
        self._woken.set()

    def stop(self) -> None:
        """End the thread after its present step."""
        self._stop.set()
        self._woken.set()

    def run(self) -> None:
        """Check now and after every build, until `stop`."""
        while not self._stop.is_set():
            self._woken.clear()
            wait = EVERY
            try:
                self.look()
            except ArchiveError as error:
                logging.warning("the standing questions were not asked: %s", error)
                wait = RETRY
            except Exception:  # the thread goes on, whatever a question meets
                logging.exception("the standing questions were not asked")
                wait = RETRY
            self._woken.wait(wait)

    def look(self) -> bool:
        """Check if the index or the questions have changed; return whether they had."""
        if not (questions := self._book.state())[0]:
            return False
        settings = self._archive.settings
        state = settings.identity, settings.generation, settings.published, *questions
        if state == self._done:
            return False
        check(self._archive.models(), self._book, pause=self._pause, together=1)
        self._done = state
        return True

    def _pause(self) -> None:
        while self._is_busy() and not self._stop.is_set():
            self._stop.wait(0.2)
