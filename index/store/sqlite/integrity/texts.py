"""Are the articles what was read from their seeds, and their passages verbatim and complete?"""

import sqlite3
from collections.abc import Iterator

from index.errors import StorageError, first_line
from index.store.base.protocol import Problem
from index.store.base.verbatim import wrong_article, wrong_text_digest
from index.store.sqlite.rows import read_article
from index.store.sqlite.schema import has_text_digests


def wrong_texts(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Yield what is wrong with articles and passages, reading one article at a time.

    The only thing that cannot be verified here is the line of a .jsonl that an article came from.
    """
    numbers = [row[0] for row in connection.execute("SELECT number FROM article ORDER BY number")]
    for number in numbers:
        yield from _wrong_article(connection, number)
    for (number,) in connection.execute(
        "SELECT DISTINCT article FROM passage WHERE article NOT IN (SELECT number FROM article)"
    ):
        yield Problem("passage", f"passages belong to article number {number}, not there", number)


def _wrong_article(connection: sqlite3.Connection, number: int) -> Iterator[Problem]:
    try:
        article, digest = read_article(connection, number)
        rows = connection.execute(
            'SELECT id, start, "end", kind, title, content FROM passage WHERE article = ?'
            " ORDER BY start",
            (number,),
        ).fetchall()
    except (sqlite3.Error, StorageError, ValueError, TypeError) as error:
        sentence = f"article number {number} cannot be read ({first_line(error)})"
        yield Problem("article", sentence, number)
        return
    if has_text_digests(connection):
        (stored,) = connection.execute(
            "SELECT text_digest FROM article WHERE number = ?", (number,)
        ).fetchone()
        yield from wrong_text_digest(article, number, stored)
    yield from wrong_article(article, number, digest, rows)
