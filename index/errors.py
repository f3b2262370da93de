"""The errors that people are meant to read, and what a program's exit status says of them."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager


class ArchiveError(Exception):
    """Bad input, or a state that the user can mend; the message is one line and says how."""


class UnreadableError(ArchiveError):
    """Raised for a seed file or one line of it; `read_articles` makes a `Refused` of it."""


class StorageError(ArchiveError):
    """The disk or the index failed: full, read-only, damaged."""


@contextmanager
def needed(extra: str) -> Iterator[None]:
    """Around the import of an optional library: without it a file is refused, naming the extra."""
    try:
        yield
    except ImportError as error:
        raise UnreadableError(
            f"needs the package '{error.name}': pip install 'archive-qa[{extra}]'"
        ) from None


def in_words(error: Exception) -> str:
    """Why a seed cannot be read; parsers raise all kinds of things on odd files."""
    if isinstance(error, UnreadableError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror}"
    return f"cannot be read ({type(error).__name__}: {first_line(error)})"


def first_line(error: Exception) -> str:
    """What an error says, for use inside a message of one line."""
    return (str(error) or type(error).__name__).splitlines()[0]


def run(main: Callable[[Sequence[str] | None], int], argv: Sequence[str] | None = None) -> int:
    """Run a command: its own status, 2 for bad input or usage, 3 for a failure of disk or program.

    An error is one line on standard error; ARCHIVE_QA_DEBUG=1 adds the traceback.
    """
    try:
        return main(argv)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output went away, as `| head` does
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115  # else the interpreter complains at exit
        return 0
    except Exception as error:
        if os.environ.get("ARCHIVE_QA_DEBUG"):
            raise
        known = isinstance(error, ArchiveError)
        what = str(error) if known else f"internal error: {type(error).__name__}: {error}"
        hint = "" if known else " (ARCHIVE_QA_DEBUG=1 shows where)"
        print(f"error: {' '.join(what.split())}{hint}", file=sys.stderr)
        return 3 if isinstance(error, StorageError) or not known else 2
