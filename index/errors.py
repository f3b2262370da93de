"""Errors meant for users, and how a command turns them into a message and an exit status.

Every message is one line that says what was wrong and what to do about it.
"""

import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager


class ArchiveError(Exception):
    """Bad input, or a state that the user can put right."""


class UnknownArticleError(ArchiveError):
    """No article has the id that was given."""


class UnreadableError(ArchiveError):
    """A seed file, or one article in it, cannot be read; it is skipped and reported."""


class UnwantedError(UnreadableError):
    """A seed file could be read but is no article, so that nothing of it is kept in the index."""


class StorageError(ArchiveError):
    """The disk or the index failed: disk full, read-only or damaged."""


class NoIndexError(ArchiveError):
    """There is no index at a place, or none that was ever finished."""


class PartFailedError(StorageError):
    """One of several archives failed, or is needed and cannot be asked.

    `archive` is its name if it failed just now, so that the others are to be asked without it.
    """

    def __init__(self, message: str, archive: str = "") -> None:
        super().__init__(message)
        self.archive = archive


class UnreachableError(StorageError):
    """The database of an index cannot be reached or refuses us: its user can help that."""


@contextmanager
def requires_extra(extra: str) -> Iterator[None]:
    """Wrap the import of an optional package: if it is missing, name the extra to install.

    Raises:
        UnreadableError: The import failed.
    """
    try:
        yield
    except ImportError as error:
        raise UnreadableError(
            f"needs the package '{error.name}': pip install 'archive-qa[{extra}]'"
        ) from None


def reason(error: Exception) -> str:
    """Say why a seed cannot be read; malformed files make parsers raise almost anything."""
    if isinstance(error, UnreadableError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror}"
    return f"cannot be read ({type(error).__name__}: {first_line(error)})"


def first_line(error: Exception) -> str:
    """The first line of the error's message, or its type's name, to quote in another message."""
    return (str(error) or type(error).__name__).splitlines()[0]


def run(main: Callable[[Sequence[str] | None], int], argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status.

    The status is `main`'s own, 2 for bad input, bad usage or a database that cannot be reached,
    3 for a failure of the disk or the program, and 130 for an interrupt. An error is printed as
    one line on standard error; ARCHIVE_QA_DEBUG=1 adds the traceback. Characters that the terminal
    cannot show become "?".
    """
    _tolerate_terminal()
    try:
        return main(argv)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:  # whoever read our output has gone, as in `| head`
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115  # else Python complains at exit
        return 0
    except Exception as error:
        if os.environ.get("ARCHIVE_QA_DEBUG"):
            raise
        expected = isinstance(error, ArchiveError)
        message = str(error) if expected else f"internal error: {type(error).__name__}: {error}"
        hint = "" if expected else " (ARCHIVE_QA_DEBUG=1 shows where)"
        print(f"error: {' '.join(message.split())}{hint}", file=sys.stderr)
        failed = isinstance(error, StorageError) and not isinstance(error, UnreachableError)
        return 3 if failed or not expected else 2


def stdout_is_unicode() -> bool:
    """Whether standard output can hold every character; else JSON must escape them."""
    return "utf" in (getattr(sys.stdout, "encoding", None) or "utf-8").lower()


def _tolerate_terminal() -> None:
    """Print a replacement for what the terminal's encoding lacks, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors in ("strict", "surrogateescape"):
            stream.reconfigure(errors="replace")
