"""Does every passage have its own keywords, and no keyword belong to anything else?

SQLite's own check of FTS5 needs write access, which a reader does not have, and compares nothing
for a table that keeps no texts. So it runs on a copy, and the terms are compared here.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator

from index.store.base.keywords import terms_of_passage
from index.store.base.protocol import Problem
from index.store.sqlite.fts import varints
from index.text.terms import READABLE, VERSION

WORD = (1 << 64) - 1
SHADOWS = ("data", "idx", "docsize", "config")  # the tables in which FTS5 keeps an index
COLUMNS = ("terms", "other")
Terms = tuple[list[int], int]  # how many terms a passage has by column, and the sum of their hashes


def wrong_keywords(connection: sqlite3.Connection, version: int) -> Iterator[Problem]:
    """Yield what is wrong with the keywords, using the connection's temporary tables.

    `version` is that of the term rules that made them. Terms of other rules cannot be compared; the
    next build makes them again, and meanwhile they are sound if questions can be asked of them.
    """
    if version != VERSION:
        if version in READABLE:
            return
        yield Problem("keywords", f"the keywords were made by rules {version}, not {VERSION}")
        return
    try:
        _copy(connection)
        connection.execute("INSERT INTO temp.copied (copied) VALUES ('integrity-check')")
        indexed = _indexed(connection)
        sizes = dict(connection.execute("SELECT id, sz FROM keyword_docsize").fetchall())
        (totals,) = connection.execute("SELECT block FROM keyword_data WHERE id = 1").fetchone()
    except (sqlite3.Error, TypeError) as error:
        yield Problem("keywords", f"the keywords are damaged ({error})")
        return
    expected = dict(_expected(connection))
    yield from _differences(expected, indexed, sizes)
    counts = [counts for counts, _ in expected.values()] or [[0, 0]]
    total = [len(expected), *map(sum, zip(*counts, strict=True))]
    if (varints(totals) or [0, 0, 0]) != total:
        yield Problem("keywords", "the keywords' total is not that of the passages")


def _differences(
    expected: dict[int, Terms], indexed: dict[int, Terms], sizes: dict[int, bytes]
) -> Iterator[Problem]:
    for identity in sorted(expected.keys() - sizes.keys()):
        yield Problem("keywords", f"passage {identity} has no keywords")
    for identity in sorted((sizes.keys() | indexed.keys()) - expected.keys()):
        yield Problem("keywords", f"keywords belong to passage {identity}, not there")
    for identity in sorted(expected.keys() & sizes.keys()):
        terms = expected[identity]
        if indexed.get(identity, ([0, 0], 0)) != terms or varints(sizes[identity]) != terms[0]:
            yield Problem("keywords", f"the keywords of passage {identity} are not its own")


def _copy(connection: sqlite3.Connection) -> None:
    (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'keyword'").fetchone()
    connection.execute(sql.replace("keyword", "temp.copied", 1))
    for name in SHADOWS:
        connection.execute(f"DELETE FROM temp.copied_{name}")
        connection.execute(f"INSERT INTO temp.copied_{name} SELECT * FROM main.keyword_{name}")


def _indexed(connection: sqlite3.Connection) -> dict[int, Terms]:
    """Return the terms of each passage in the keyword index."""
    connection.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab (temp, copied, instance)")
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    sums: dict[int, int] = defaultdict(int)
    for term, passage, column, at in connection.execute(
        "SELECT term, doc, col, offset FROM temp.terms"
    ):
        counts[passage][COLUMNS.index(column)] += 1
        sums[passage] = (sums[passage] + _hash(term, column, at)) & WORD
    return {passage: (count, sums[passage]) for passage, count in counts.items()}


def _expected(connection: sqlite3.Connection) -> Iterator[tuple[int, Terms]]:
    """Yield (passage id, terms) as they follow from the stored texts."""
    for (number,) in connection.execute("SELECT number FROM article").fetchall():
        try:
            title, text = connection.execute(
                "SELECT title, text FROM article WHERE number = ?", (number,)
            ).fetchone()
        except sqlite3.Error:  # an unreadable text: reported where articles are checked
            continue
        for identity, start, end, kind, own in connection.execute(
            'SELECT id, start, "end", kind, title FROM passage WHERE article = ?', (number,)
        ):
            columns = [
                column.split() for column in terms_of_passage(text[start:end], kind, own, title)
            ]
            hashes = (
                _hash(term, name, at)
                for name, column in zip(COLUMNS, columns, strict=True)
                for at, term in enumerate(column)
            )
            yield identity, ([len(column) for column in columns], sum(hashes) & WORD)


def _hash(term: str, column: str, at: int) -> int:
    """Hash a term with its position: hashes of tuples often have the same sum after a swap."""
    return hash(f"{column} {at} {term}")
