"""Are the earlier versions in the log the texts that their digests say?"""

import sqlite3
from collections.abc import Iterator

from index.store.base.protocol import Problem
from index.store.base.versions import COLUMNS, wrong_version
from index.store.sqlite.schema import has_versions


def wrong_versions(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Yield what is wrong with the log, reading one version at a time."""
    for _, sentence in _wrong(connection):
        yield Problem("version", sentence)


def drop_wrong_texts(connection: sqlite3.Connection) -> None:
    """Drop texts that are not what was logged, inside the open transaction: nothing has them."""
    numbers = [(number,) for number, _ in _wrong(connection)]
    connection.executemany("UPDATE version SET packed = NULL WHERE number = ?", numbers)


def _wrong(connection: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    if has_versions(connection):
        for number, *row in connection.execute(f"SELECT number, {COLUMNS} FROM version"):
            if sentence := wrong_version(row):
                yield number, sentence
