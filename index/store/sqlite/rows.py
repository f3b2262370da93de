"""Rows of SQLite -> articles, passages, and a page of the table of articles.

A row that is not what was stored is an error.
"""

import datetime
import json
import re
import sqlite3
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from index.article import Anchor, Article, Location, Part, location_at
from index.errors import StorageError
from index.passage import Passage
from index.store.base.article_page import ArticlePage, ArticleRow, PageRequest
from index.store.base.digest import of_text
from index.store.base.protocol import REPAIR_HINT
from index.store.base.search_filter import SearchFilter

from .schema import column_of_anchors, has_text_digests

ARTICLE = "id, title, text, date, language, path, url, author, parts, place"


def columns(connection: sqlite3.Connection) -> str:
    """Return the columns of a row that `to_article` takes."""
    return f"{ARTICLE}, {column_of_anchors(connection)}"


def find_article(connection: sqlite3.Connection, column: str, value: str | bytes) -> Article | None:
    """Return the first article by id whose `column` holds `value`, or None."""
    if column == "text_digest" and not has_text_digests(connection):
        return None
    row = connection.execute(
        f"SELECT {columns(connection)} FROM article WHERE {column} = ? ORDER BY id LIMIT 1",
        (value,),
    ).fetchone()
    return to_article(row) if row else None


def read_article(connection: sqlite3.Connection, number: int) -> tuple[Article, bytes]:
    """Return the article in row `number`, and the digest of what was read from its seed."""
    *row, digest = connection.execute(
        f"SELECT {columns(connection)}, digest FROM article WHERE number = ?", (number,)
    ).fetchone()
    return to_article(tuple(row)), digest


def to_article(row: tuple[str, ...]) -> Article:
    """Convert a row of `columns`. Raises StorageError if it is damaged."""
    identity, title, text, date, language, path, url, author, parts, place, anchors = row
    try:
        day = datetime.date.fromisoformat(date) if date else None
        where = tuple(Part(*part) for part in json.loads(parts))
        stands = _anchors(anchors)
    except (ValueError, TypeError) as error:
        raise _damaged(identity, error) from error
    return Article(
        id=identity,
        title=title,
        text=text,
        date=day,
        language=language,
        path=path,
        url=url,
        author=author,
        parts=where,
        place=place,
        anchors=stands,
    )


def to_passage(row: tuple[Any, ...]) -> Passage:
    """Convert (id, the fields of Passage but its location, anchors of its article, content).

    Raises:
        StorageError: Its text has changed, or the anchors are damaged.
    """
    identity, article, start, end, text, kind, language, title, anchors, content = row
    try:
        location = location_at(_anchors(anchors), start)
    except (ValueError, TypeError) as error:
        raise _damaged(article, error) from error
    passage = Passage(article, start, end, text, kind, language, title, location)
    if of_text(passage.text) != content:  # a damaged disk: no answer beats a wrong quotation
        raise StorageError(
            f"passage {identity} of '{passage.article_id}' is not the text that was indexed: "
            f"{REPAIR_HINT}"
        )
    return passage


@lru_cache(maxsize=64)  # the passages of a search often share an article
def _anchors(stored: str | None) -> tuple[Anchor, ...]:
    rows = json.loads(stored) if stored else ()
    return tuple(Anchor(start, Location(*location)) for start, *location in rows)


def _damaged(article: str, error: Exception) -> StorageError:
    return StorageError(f"the article '{article}' is damaged ({error}): {REPAIR_HINT}")


def read_page(connection: sqlite3.Connection, request: PageRequest) -> ArticlePage:
    """Return the requested rows, and how many rows the whole table has; reads no texts."""
    where, values = "", tuple[str, ...]()
    if words := request.words:
        pattern = "%{}%".format(re.sub(r"([%_\\])", r"\\\1", words))
        where = (
            " WHERE title LIKE ?1 ESCAPE '\\' OR place LIKE ?1 ESCAPE '\\'"
            " OR id LIKE ?1 ESCAPE '\\' OR date LIKE ?1 ESCAPE '\\'"
        )
        values = (pattern,)
    (total,) = connection.execute(f"SELECT count(*) FROM article{where}", values).fetchone()
    count = "(SELECT count(*) FROM passage WHERE article = number)"
    column = {"path": "place"}.get(request.sort, request.sort)
    columns = "number, id, title, date, language, place"
    if column == "passages":  # counted for all articles only when sorted by it
        columns += f", {count} AS passages"
    order = f"{column} IS NULL, {column} {'DESC' if request.descending else 'ASC'}, id"
    rows = connection.execute(
        f"SELECT id, title, date, language, place, {count} FROM ("
        f"SELECT {columns} FROM article{where} ORDER BY {order}"
        f" LIMIT {int(request.size)} OFFSET {int(request.page) * int(request.size)})",
        values,
    )
    return ArticlePage(tuple(ArticleRow(*row) for row in rows), int(total))


def numbers(ids: Iterable[int]) -> str:
    """Return numbers as the list of an SQL condition."""
    return ",".join(map(str, map(int, ids)))


def matching(only: SearchFilter) -> tuple[str, tuple[str, ...]]:
    """Return the query for the ids of the passages that match a filter, and its parameters."""
    conditions = {
        "a.date >= ?": only.after.isoformat() if only.after else None,
        "a.date <= ?": only.before.isoformat() if only.before else None,  # NULL is in no range
        "p.language || '-' LIKE ? || '-%'": only.language,
        "a.id = ?": only.article,
    }
    given = {condition: value for condition, value in conditions.items() if value is not None}
    query = "SELECT p.id FROM passage p JOIN article a ON a.number = p.article"
    if given:
        query += f" WHERE {' AND '.join(given)}"
    return query, tuple(given.values())
