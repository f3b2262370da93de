"""One of several archives while it is read: its ids among those of the others, and its failures."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any, cast

from index.article import Article
from index.errors import ArchiveError, PartFailedError, StorageError
from index.passage import Passage
from index.store.base.protocol import Snapshot

from .names import joined


@dataclass(frozen=True, slots=True)
class NotAsked:
    """An archive that could not be asked, and why, in a sentence for people."""

    archive: str
    why: str


def require_all(not_asked: Sequence[NotAsked]) -> None:
    """Raise an error if an archive could not be asked: for what must not be done by halves."""
    for missing in not_asked:
        raise PartFailedError(f"the archive '{missing.archive}' cannot be asked: {missing.why}")


def warn_of(not_asked: Sequence[NotAsked]) -> None:
    """Print which archives were not asked, and why, on standard error."""
    for missing in not_asked:
        print(f"not asked: {missing.archive} ({missing.why})", file=sys.stderr)


class Part:
    """An archive's snapshot as one of `of`; passage ids of all of them are told apart.

    Whatever `snapshot` raises because its archive fails is a PartFailedError, and closes it.
    """

    def __init__(
        self, name: str, number: int, of: int, context: AbstractContextManager[Snapshot]
    ) -> None:
        """Open the snapshot; raises what that raises."""
        self.name, self._number, self._of = name, number, of
        self._context, self._open = context, False
        opened = context.__enter__()
        self._open = True
        self.snapshot = cast(Snapshot, _Guarded(opened, self.fail))

    def close(self) -> None:
        """Close the snapshot, unless it has failed."""
        if self._open:
            self._open = False
            self._context.__exit__(None, None, None)

    def fail(self, error: Exception) -> None:
        """Close the snapshot and raise what its store makes of an error.

        Raises:
            PartFailedError: The archive failed.
        """
        failure = error
        if self._open and not _is_input(error):
            self._open = False
            try:
                self._context.__exit__(type(error), error, error.__traceback__)
            except Exception as raised:
                failure = raised
        if isinstance(failure, StorageError):
            message = f"the archive '{self.name}' failed: {failure}"
            raise PartFailedError(message, self.name) from error
        raise failure

    def outward(self, own: int) -> int:
        """Return the id of a passage among all archives from its own."""
        return own * self._of + self._number

    def inward(self, identity: int) -> int | None:
        """Return the passage's own id, or None if it is not of this archive."""
        own, number = divmod(identity, self._of)
        return own if number == self._number else None

    def last_inward(self, last: int) -> int:
        """Return the highest own id that is not above `last` among all archives."""
        return max(0, (last - self._number) // self._of)

    def article(self, article: Article) -> Article:
        """Return an article of this archive as it is called among all."""
        return replace(article, id=joined(self.name, article.id), archive=self.name)

    def passage(self, passage: Passage) -> Passage:
        """Return a passage of this archive as it is called among all."""
        return replace(passage, article_id=joined(self.name, passage.article_id))


class _Guarded:
    """A snapshot whose errors are handed to `fail`; also those of what it yields later."""

    def __init__(self, snapshot: Snapshot, fail: Any) -> None:
        self._snapshot, self._fail = snapshot, fail

    def __getattr__(self, name: str) -> Any:
        try:
            attribute = getattr(self._snapshot, name)
        except Exception as error:
            self._fail(error)
            raise
        return self._calling(attribute) if callable(attribute) else attribute

    def _calling(self, method: Any) -> Any:
        def call(*values: Any, **named: Any) -> Any:
            try:
                result = method(*values, **named)
            except Exception as error:
                self._fail(error)
                raise
            return self._yielding(result) if isinstance(result, Iterator) else result

        return call

    def _yielding(self, items: Iterator[Any]) -> Iterator[Any]:
        try:
            yield from items
        except Exception as error:
            self._fail(error)
            raise


def _is_input(error: Exception) -> bool:
    """Whether an error is about what was asked for, rather than about the archive."""
    return isinstance(error, ArchiveError) and not isinstance(error, StorageError)
