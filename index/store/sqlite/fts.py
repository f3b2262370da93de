"""Keyword search by SQLite's FTS5: how many passages hold a term, and which rank best (BM25).

FTS5 needs its full detail for ranking: without term positions, a table that keeps no texts ranks
all rows alike. Which terms are looked up is decided in `index/store/base/keywords.py`.
"""

import sqlite3
from collections.abc import Sequence

from index.store.base.protocol import Scored

# BM25 counts an other spelling as half an exact term. A table of an older schema has no second
# column; FTS5 ignores the weights of columns that are not there.
WEIGHTED = "bm25(1.0, 0.5)"


def search(
    connection: sqlite3.Connection,
    terms: Sequence[str],
    k: int,
    among: str | None = None,
    values: Sequence[str] = (),
) -> Scored:
    """Return up to `k` passages that hold any of `terms`, with BM25 scores, best first.

    Args:
        connection: The index.
        terms: Terms, and phrases as terms joined by spaces.
        k: How many.
        among: A query for the only passage ids to consider; None: all.
        values: The parameters of `among`.
    """
    if not terms:
        return []
    # FTS5 negates BM25, so that the best comes first; the id makes the order of ties repeatable.
    # "+" keeps SQLite from searching once for each id that `among` finds.
    rows = connection.execute(
        "SELECT rowid, -rank FROM keyword WHERE keyword MATCH ? AND rank MATCH ?"
        f"{f' AND +rowid IN ({among})' if among else ''} ORDER BY rank, rowid LIMIT ?",
        (" OR ".join(map(_quoted, terms)), WEIGHTED, *values, k),
    )
    return [(int(passage), float(score)) for passage, score in rows]


def count(connection: sqlite3.Connection, term: str, limit: int) -> int:
    """Count the passages that hold a term or phrase, up to `limit`."""
    row = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM keyword WHERE keyword MATCH ? LIMIT ?)",
        (_quoted(term), limit),
    ).fetchone()
    return int(row[0])


def passages_with(connection: sqlite3.Connection, terms: Sequence[str], limit: int) -> list[int]:
    """Return the ids of up to `limit` passages that hold any of `terms`."""
    rows = connection.execute(
        "SELECT rowid FROM keyword WHERE keyword MATCH ? LIMIT ?",
        (" OR ".join(map(_quoted, terms)), limit),
    )
    return [int(passage) for (passage,) in rows]


def vocabulary(connection: sqlite3.Connection, start: str) -> list[str]:
    """Return the terms of all passages that start with `start`, sorted."""
    _open_vocabulary(connection)
    rows = connection.execute(
        "SELECT term FROM temp.vocabulary WHERE term >= ? AND term < ?",
        (start, f"{start}\U0010ffff"),
    )
    return [str(term) for (term,) in rows]


def _open_vocabulary(connection: sqlite3.Connection) -> None:
    """Create the table through which FTS5 lists its terms, in this connection only."""
    if connection.execute("SELECT 1 FROM sqlite_temp_master WHERE name = 'vocabulary'").fetchone():
        return
    connection.execute("PRAGMA query_only = OFF")
    connection.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab (main, keyword, row)")
    connection.execute("PRAGMA query_only = ON")


def _quoted(term: str) -> str:
    return '"{}"'.format(term.replace('"', '""'))
