"""Are the articles what was read from their seeds, and their passages verbatim and complete?"""

import sqlite3
from collections.abc import Iterator

from index.article import Article
from index.errors import StorageError, first_line
from index.store.base.digest import SIZE, of_article, of_text
from index.store.base.protocol import Problem
from index.store.sqlite.rows import read_article
from index.store.sqlite.schema import has_text_digests

PassageRow = tuple[int, int, int, str, str | None, bytes]


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
    # an index of an earlier version has digests that cannot be compared
    if digest == b"" or (len(digest) > SIZE and digest[:SIZE] != of_article(article)):
        sentence = f"the article '{article.id}' is not what was read from {article.place}"
        yield Problem("article", sentence, number)
    if not _text_digest_agrees(connection, number, article):
        sentence = f"the article '{article.id}' cannot be found by its text"
        yield Problem("article", sentence, number)
    if not article.place.startswith(article.path):
        sentence = f"the article '{article.id}' is in {article.path} and in {article.place}"
        yield Problem("article", sentence, number)
    yield from _wrong_passages(article, number, rows)


def _text_digest_agrees(connection: sqlite3.Connection, number: int, article: Article) -> bool:
    if not has_text_digests(connection):
        return True
    (stored,) = connection.execute(
        "SELECT text_digest FROM article WHERE number = ?", (number,)
    ).fetchone()
    return bool(stored == of_text(article.text))


def _wrong_passages(article: Article, number: int, rows: list[PassageRow]) -> Iterator[Problem]:
    def wrong(identity: int, what: str) -> Problem:
        return Problem("passage", f"passage {identity} of '{article.id}' {what}", number)

    at = 0
    for identity, start, end, kind, title, content in rows:
        if not 0 <= start < end <= len(article.text):
            yield wrong(identity, f"is from {start} to {end} of {len(article.text)} characters")
            continue
        if of_text(article.text[start:end]) != content:
            yield wrong(identity, "is not the text that was embedded")
        if not any(
            part.start <= start and end <= part.end and (part.kind, part.title) == (kind, title)
            for part in article.parts
        ):
            yield wrong(identity, f"is no {kind} of that article")
        if start < at:
            yield wrong(identity, "overlaps the one before it")
        elif article.text[at:start].strip():
            yield wrong(identity, f"comes after {start - at} characters that are in no passage")
        at = max(at, end)
    if article.text[at:].strip():
        sentence = f"the end of '{article.id}', from {at}, is in no passage"
        yield Problem("passage", sentence, number)
