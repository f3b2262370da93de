"""The doors of the store: open an index, or begin a build of it, whatever backend holds it.

Only this module knows which backend a place means. Today a place is a folder (SQLite and FAISS).
"""

import os
from contextlib import AbstractContextManager
from pathlib import Path

from index.errors import ArchiveError

from .base.protocol import Store, Writer
from .sqlite.store import SqliteStore
from .sqlite.writer import begin_build as begin_sqlite_build

Where = str | os.PathLike[str]


def open_store(where: Where) -> Store:
    """Open the index at `where` for reading.

    Raises:
        ArchiveError: There is no index, it was never finished, or `where` is no folder.
        StorageError: The index is damaged or cannot be read.
    """
    store = find_store(where)
    _ = store.settings  # fails here rather than at the first question
    return store


def find_store(where: Where) -> Store:
    """Return the store at `where` without opening it: `problems` and `repair` take damaged ones."""
    return SqliteStore(_folder(where))


def begin_build(where: Where) -> AbstractContextManager[Writer]:
    """Lock the index at `where` and open it for one build; it is created if it is not there.

    Leave by the writer's `publish` or `keep`; otherwise nothing of the build is stored.

    Raises:
        ArchiveError: Another build of the index is under way.
        StorageError: The index is damaged or cannot be written.
    """
    return begin_sqlite_build(_folder(where))


def resolve(where: Where) -> str:
    """Return the one spelling of a place: a relative folder becomes absolute, links are followed.

    Raises:
        ArchiveError: `where` is no folder.
    """
    return str(_folder(where).resolve())


def _folder(where: Where) -> Path:
    scheme, separator, _ = str(where).partition("://")
    if separator and scheme.isalnum():
        # only the scheme is repeated: an address may hold a password
        raise ArchiveError(
            f"an index at a '{scheme}://' address is not supported: name a folder with --index"
        )
    return Path(where)
