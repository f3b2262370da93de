"""Are the earlier versions in the log the texts that their digests say?"""

import sqlite3
from collections.abc import Iterator

from index.store.base.history.rows import is_lost, wrong_version
from index.store.base.protocol import Problem
from index.store.sqlite.schema import has_versions, version_columns


def wrong_versions(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Yield what is wrong with the log, reading one version at a time."""
    for _, _, sentence in _wrong(connection):
        yield Problem("version", sentence)


def drop_wrong_versions(connection: sqlite3.Connection) -> None:
    """Drop texts that are not what was logged, and rows that cannot be read: nothing has them."""
    for number, lost, _ in list(_wrong(connection)):
        drop = "DELETE FROM version" if lost else "UPDATE version SET packed = NULL"
        connection.execute(f"{drop} WHERE number = ?", (number,))


def _wrong(connection: sqlite3.Connection) -> Iterator[tuple[int, bool, str]]:
    """Yield (number, whether all of the row is lost, what is wrong with it)."""
    if has_versions(connection):
        columns = version_columns(connection)
        for number, *row in connection.execute(f"SELECT number, {columns} FROM version"):
            if sentence := wrong_version(row):
                yield number, is_lost(row), sentence
