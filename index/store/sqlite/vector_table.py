"""Vectors, language means and sums in SQLite. Read in batches: a large archive exceeds memory."""

import sqlite3
from collections.abc import Iterator, Sequence

import numpy as np

from index.store.base.centering import LanguageMeans, LanguageSums, means_of_rows, sums_of_rows
from index.store.base.protocol import Ids, Vectors

BATCH = 1_000  # vectors read from the database at once
# ids (n,), vectors (n, dimension), language codes ("": unknown)
Batch = tuple[Ids, Vectors, list[str]]
COLUMNS = (
    "SELECT p.id, v.value, coalesce(p.language, '') FROM passage p JOIN vector v USING (content)"
)


def vector_batches(
    connection: sqlite3.Connection, dimension: int, after: int = 0, every: int = 1
) -> Iterator[Batch]:
    """Yield the passages' vectors by id: those with an id above `after` that `every` divides."""
    rows = connection.execute(
        f"{COLUMNS} WHERE p.id > ? AND p.id % ? = 0 ORDER BY p.id", (after, every)
    )
    while some := rows.fetchmany(BATCH):
        yield _batch(some, dimension)


def all_vectors(
    connection: sqlite3.Connection, dimension: int, after: int = 0, every: int = 1
) -> Batch:
    """Return what `vector_batches` yields, in one piece."""
    batches = list(vector_batches(connection, dimension, after, every))
    if not batches:
        return _batch([], dimension)
    ids, values, codes = zip(*batches, strict=True)
    return np.concatenate(ids), np.concatenate(values), [c for batch in codes for c in batch]


def vectors_of(connection: sqlite3.Connection, dimension: int, ids: Sequence[int]) -> Batch:
    """Return the vectors of these passages; ids that are not in the archive are left out."""
    among = ",".join(map(str, map(int, ids)))
    return _batch(connection.execute(f"{COLUMNS} WHERE p.id IN ({among})").fetchall(), dimension)


def vectors_of_article(
    connection: sqlite3.Connection, dimension: int, article: int, last: int
) -> Batch:
    """Return the vectors of an article's passages with ids up to `last`."""
    rows = connection.execute(f"{COLUMNS} WHERE p.article = ? AND p.id <= ?", (article, last))
    return _batch(rows.fetchall(), dimension)


def _batch(rows: Sequence[tuple[int, bytes, str]], dimension: int) -> Batch:
    values = np.frombuffer(b"".join(value for _, value, _ in rows), "<f4").reshape(-1, dimension)
    return np.array([row[0] for row in rows], np.int64), values, [row[2] for row in rows]


def read_means(connection: sqlite3.Connection, dimension: int) -> LanguageMeans:
    """Return the archive's languages with the means that the last build stored."""
    rows = connection.execute("SELECT code, mean FROM language ORDER BY code").fetchall()
    return means_of_rows(rows, dimension)


def read_sums(connection: sqlite3.Connection, dimension: int) -> LanguageSums | None:
    """Return the sums of the last build; None if there are none yet, or they are damaged."""
    rows = connection.execute("SELECT code, passages, sum FROM total").fetchall()
    return sums_of_rows(rows, dimension)


def write_sums(connection: sqlite3.Connection, sums: LanguageSums) -> LanguageMeans:
    """Store the sums and the means that follow from them; return the means."""
    languages = sums.means()
    connection.execute("DELETE FROM total")
    connection.execute("DELETE FROM language")
    for code, mean in zip(languages.codes, languages.means, strict=True):
        value = sums.sums[code].astype("<f8").tobytes()
        connection.execute("INSERT INTO total VALUES (?, ?, ?)", (code, sums.counts[code], value))
        connection.execute("INSERT INTO language VALUES (?, ?)", (code, mean.tobytes()))
    return languages
