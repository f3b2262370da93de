"""Why a page was not fetched; messages go on after "... was not fetched: it "."""

from collections.abc import Iterator
from contextlib import contextmanager

from index.errors import ArchiveError, first_line


class NotFetchedError(ArchiveError):
    """An address that was not fetched, and why."""


class ForbiddenError(NotFetchedError):
    """An address that is never connected to: private, malformed or not of the web."""


class DisallowedError(NotFetchedError):
    """The site's robots.txt does not allow it."""


class UnfitError(NotFetchedError):
    """The response is nothing that the index reads; asking again would not change that."""


class UnavailableError(NotFetchedError):
    """The server did not give it this time."""


class Stopped(Exception):  # noqa: N818  # no error: the user ended the run
    """The run is ending."""


@contextmanager
def parsing_untrusted() -> Iterator[None]:
    """Let one malformed response cost only itself, however a library fails on it.

    Raises:
        UnavailableError: Something unforeseen was raised.
    """
    try:
        yield
    except (ArchiveError, Stopped):
        raise
    except Exception as error:
        why = f"could not be handled ({type(error).__name__}: {first_line(error)})"
        raise UnavailableError(why) from error
