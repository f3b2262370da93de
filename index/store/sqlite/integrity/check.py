"""Read all of an index and say what is wrong with it; nothing is changed."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from index.errors import NoIndexError, StorageError, first_line
from index.store.base.protocol import Problem
from index.store.sqlite.connection import connect, storage_errors
from index.store.sqlite.generation import read_generation

from .keywords import wrong_keywords
from .texts import wrong_texts
from .vectors import wrong_vectors
from .versions import wrong_versions

TRIES = 5  # when builds end while it checks


def problems(folder: Path) -> list[Problem]:
    """Return everything that is wrong with the index in a folder.

    Raises:
        ArchiveError: There is no index, or it was never finished.
    """
    for _ in range(TRIES):
        generation, found = _examine(folder)
        # a build that publishes meanwhile removes the FAISS file of the snapshot being checked
        if not found or generation == _current_generation(folder):
            break
    return found


def _examine(folder: Path) -> tuple[int | None, list[Problem]]:
    try:
        connection = connect(folder)
    except StorageError as error:
        return None, [Problem("pages", str(error))]
    with closing(connection), storage_errors(folder):
        connection.execute("PRAGMA query_only = OFF")  # for temporary tables alone
        connection.execute("PRAGMA temp_store = FILE")
        connection.execute("BEGIN")
        found = list(_guarded(partial(_wrong_pages, connection)))
        try:
            generation = read_generation(connection)
        except (StorageError, sqlite3.Error) as error:
            return None, [*found, Problem("settings", first_line(error))]
        if generation is None:
            raise NoIndexError(f"the index in '{folder}' was never finished: build it again")
        found += _guarded(partial(wrong_texts, connection))
        found += _guarded(partial(wrong_vectors, connection, generation, folder))
        found += _guarded(partial(wrong_versions, connection))
        found += _guarded(partial(wrong_keywords, connection, generation.settings.terms))
        return generation.settings.generation, found


def _current_generation(folder: Path) -> int | None:
    try:
        with closing(connect(folder)) as connection:
            generation = read_generation(connection)
    except (StorageError, sqlite3.Error):
        return None
    return generation.settings.generation if generation else None


def _guarded(check: Callable[[], Iterator[Problem]]) -> Iterator[Problem]:
    """Yield what a check finds; if it cannot read on, that is one more problem, not the end."""
    try:
        yield from check()
    except (sqlite3.Error, ValueError, TypeError, RuntimeError) as error:
        yield Problem("pages", f"the database cannot be read on ({first_line(error)})")


def _wrong_pages(connection: sqlite3.Connection) -> Iterator[Problem]:
    for (verdict,) in connection.execute("PRAGMA integrity_check").fetchall():
        if verdict != "ok":
            yield Problem("pages", f"the database is damaged: {verdict}")
