"""The vectors, languages and sums that SQLite holds, read in parts: a large archive's never fit."""

import sqlite3
from collections.abc import Iterator, Sequence

import numpy as np

from index.store.base.centering import LanguageMeans, LanguageSums
from index.store.faiss.flat import Ids, Vectors

PART = 1_000  # vectors read from the database at once
Part = tuple[Ids, Vectors, list[str]]
COLUMNS = (
    "SELECT p.id, v.value, coalesce(p.language, '') FROM passage p JOIN vector v USING (content)"
)


def stored_vectors(
    connection: sqlite3.Connection, dimension: int, after: int = 0, every: int = 1
) -> Iterator[Part]:
    """Passages' ids, (n,), vectors, (n, dimension), and languages ("": not known), in parts.

    All of them by id; or those with an id over `after`, or which `every` divides: a sample.
    """
    rows = connection.execute(
        f"{COLUMNS} WHERE p.id > ? AND p.id % ? = 0 ORDER BY p.id", (after, every)
    )
    while part := rows.fetchmany(PART):
        yield _part(part, dimension)


def all_vectors(
    connection: sqlite3.Connection, dimension: int, after: int = 0, every: int = 1
) -> Part:
    """The same in one piece."""
    parts = list(stored_vectors(connection, dimension, after, every))
    if not parts:
        return _part([], dimension)
    ids, values, codes = zip(*parts, strict=True)
    return np.concatenate(ids), np.concatenate(values), [code for part in codes for code in part]


def vectors_of(connection: sqlite3.Connection, dimension: int, ids: Sequence[int]) -> Part:
    """The same of the passages with these ids; what is not in the archive is left out."""
    among = ",".join(map(str, map(int, ids)))
    return _part(connection.execute(f"{COLUMNS} WHERE p.id IN ({among})").fetchall(), dimension)


def vectors_in(connection: sqlite3.Connection, dimension: int, article: int, until: int) -> Part:
    """The same of an article's passages, those with ids up to `until`."""
    rows = connection.execute(f"{COLUMNS} WHERE p.article = ? AND p.id <= ?", (article, until))
    return _part(rows.fetchall(), dimension)


def _part(rows: Sequence[tuple[int, bytes, str]], dimension: int) -> Part:
    values = np.frombuffer(b"".join(value for _, value, _ in rows), "<f4").reshape(-1, dimension)
    return np.array([row[0] for row in rows], np.int64), values, [row[2] for row in rows]


def read_languages(connection: sqlite3.Connection, dimension: int) -> LanguageMeans:
    """The languages of the archive with their means, as the last build found them."""
    rows = connection.execute("SELECT code, mean FROM language ORDER BY code").fetchall()
    means = np.frombuffer(b"".join(mean for _, mean in rows), "<f4").reshape(-1, dimension)
    return LanguageMeans(tuple(code for code, _ in rows), means)


def read_totals(connection: sqlite3.Connection, dimension: int) -> LanguageSums | None:
    """The sums of the last build, or None in an index of an earlier version or a damaged one."""
    totals = LanguageSums(dimension)
    rows = connection.execute("SELECT code, passages, sum FROM total").fetchall()
    for code, passages, value in rows:
        if len(value) != 8 * dimension:
            return None
        totals.sums[code] = np.frombuffer(value, "<f8").copy()
        totals.counts[code] = passages
    return totals if rows else None


def write_totals(connection: sqlite3.Connection, totals: LanguageSums) -> LanguageMeans:
    """Store the sums and the means that come from them; gives the languages with these."""
    languages = totals.languages()
    connection.execute("DELETE FROM total")
    connection.execute("DELETE FROM language")
    for code, mean in zip(languages.codes, languages.means, strict=True):
        value = totals.sums[code].astype("<f8").tobytes()
        connection.execute("INSERT INTO total VALUES (?, ?, ?)", (code, totals.counts[code], value))
        connection.execute("INSERT INTO language VALUES (?, ?)", (code, mean.tobytes()))
    return languages
