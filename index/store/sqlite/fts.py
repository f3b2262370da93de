"""Keyword search by SQLite's FTS5: how many passages hold a term, and which rank best (BM25).

FTS5 needs its full detail for ranking: without term positions, a table that keeps no texts ranks
all rows alike. Which terms are looked up is decided in `index/store/base/keywords.py`.
"""

import heapq
import math
import sqlite3
from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from index.store.base import keywords
from index.store.base.keywords import TermChoice
from index.store.base.protocol import Scored
from index.store.base.records import Posting
from index.store.base.search_filter import NO_FILTER, SearchFilter

from .rows import matching, numbers

# BM25 counts an other spelling as half an exact term. A table of an older schema has no second
# column; FTS5 ignores the weights of columns that are not there.
WEIGHTED = "bm25(1.0, 0.5)"
K1, B, LEAST_IDF = 1.2, 0.75, 1e-6  # of FTS5's BM25


class KeywordQueries:
    """What a snapshot tells of keywords; documented in `index/store/base/protocol.py`."""

    _connection: sqlite3.Connection
    count_passages: Callable[[], int]

    def choose(self, terms: Sequence[str]) -> TermChoice:
        """Choose which of a question's terms to look up."""
        return keywords.choose(partial(count, self._connection), terms, self.count_passages())

    def keywords(self, terms: Sequence[str], k: int, only: SearchFilter = NO_FILTER) -> Scored:
        """Return up to `k` passages that hold any of `terms`, by BM25, best first."""
        among, values = matching(only) if only else (None, ())
        return search(self._connection, terms, k, among, values)

    def grouped(
        self, groups: Sequence[Sequence[str]], k: int, only: SearchFilter = NO_FILTER
    ) -> tuple[Scored, float]:
        """Return up to `k` passages by the groups they hold a term of, and the groups' weight."""
        find = partial(passages_with, self._connection)
        scores, weight = keywords.score_groups(find, groups, self.count_passages())
        if only and scores:
            scores = {i: scores[i] for i in self.among(list(scores), only)}
        best = heapq.nsmallest(k, scores.items(), key=lambda pair: (-pair[1], pair[0]))
        return best, weight

    def vocabulary(self, start: str) -> list[str]:
        """Return the keyword terms of the archive that start with `start`, sorted."""
        return vocabulary(self._connection, start)

    def counts(self, terms: Sequence[str], limit: int) -> dict[str, int]:
        """Count the passages that hold each term or phrase, up to `limit`."""
        return {term: count(self._connection, term, limit) for term in terms}

    def holding(self, terms: Sequence[str], limit: int) -> list[int]:
        """Return up to `limit` passages that hold any of `terms`."""
        return passages_with(self._connection, terms, limit)

    def postings(self, terms: Sequence[str]) -> list[Posting]:
        """Return a posting for each of `terms` in each passage that holds it."""
        return postings(self._connection, terms)

    def among(self, ids: Sequence[int], only: SearchFilter) -> list[int]:
        """Return those of these passages that match a filter."""
        query, values = matching(only)
        joined = "AND" if values else "WHERE"
        rows = self._connection.execute(f"{query} {joined} p.id IN ({numbers(ids)})", values)
        return [int(row[0]) for row in rows]


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


def postings(connection: sqlite3.Connection, terms: Sequence[str]) -> list[Posting]:
    """Return a posting for each term in each passage that holds it.

    FTS5 does not tell how often a passage without a text holds a phrase; it follows from the BM25
    score of the phrase alone, s = IDF f (k1 + 1) / (f + c), and is a multiple of a half.
    """
    passages, tokens = totals(connection)
    fixed, by_length = K1 * (1 - B), K1 * B * passages / max(1, tokens)
    found = []
    for term in dict.fromkeys(terms):
        rows = connection.execute(
            "SELECT keyword.rowid, -bm25(keyword, 1.0, 0.5), sz FROM keyword"
            " JOIN keyword_docsize ON id = keyword.rowid WHERE keyword MATCH ?",
            (_quoted(term),),
        ).fetchall()
        idf = math.log((passages - len(rows) + 0.5) / (len(rows) + 0.5))
        idf = idf if idf > 0 else LEAST_IDF
        for passage, score, sizes in rows:
            length, relative = _length(sizes), score / idf
            frequency = (fixed + by_length * length) * relative / (K1 + 1 - relative)
            found.append(Posting(passage, term, round(2 * frequency) / 2, length))
    return found


def totals(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return how many passages have keywords, and how many terms they have together.

    FTS5 keeps these for its own ranking, in the row of its data that has the id 1.
    """
    row = connection.execute("SELECT block FROM keyword_data WHERE id = 1").fetchone()
    passages, *tokens = varints(row[0]) if row and row[0] else [0]
    return passages, sum(tokens)


@lru_cache(maxsize=10_000)  # passages are of few different lengths
def _length(sizes: bytes) -> int:
    return sum(varints(sizes))


def varints(encoded: bytes) -> list[int]:
    r"""Decode integers as SQLite writes them: 7 bits a byte, the first byte highest.

    >>> varints(b"\x03\x81\x00")
    [3, 128]
    """
    found, value = [], 0
    for byte in encoded:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            found.append(value)
            value = 0
    return found


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
