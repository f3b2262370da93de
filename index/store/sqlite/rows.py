"""Rows of SQLite -> articles, passages, and a page of the table of articles.

A row that is not what was stored is an error.
"""

import datetime
import json
import re
import sqlite3
from typing import Any

from index.article import Article, Part
from index.errors import StorageError
from index.passage import Passage
from index.store.base.article_page import ArticlePage, ArticleRow, PageRequest
from index.store.base.digest import of_text
from index.store.base.protocol import REPAIR_HINT

ARTICLE = "id, title, text, date, language, path, url, author, parts, place"


def read_article(connection: sqlite3.Connection, number: int) -> tuple[Article, bytes]:
    """Return the article in row `number`, and the digest of what was read from its seed."""
    *row, digest = connection.execute(
        f"SELECT {ARTICLE}, digest FROM article WHERE number = ?", (number,)
    ).fetchone()
    return to_article(tuple(row)), digest


def to_article(row: tuple[str, ...]) -> Article:
    """Convert a row of the columns ARTICLE. Raises StorageError if it is damaged."""
    identity, title, text, date, language, path, url, author, parts, place = row
    try:
        day = datetime.date.fromisoformat(date) if date else None
        where = tuple(Part(*part) for part in json.loads(parts))
    except (ValueError, TypeError) as error:
        raise StorageError(
            f"the article '{identity}' is damaged ({error}): {REPAIR_HINT}"
        ) from error
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
    )


def to_passage(row: tuple[Any, ...]) -> Passage:
    """Convert (id, the fields of Passage, content). Raises StorageError if its text has changed."""
    identity, *values, content = row
    passage = Passage(*values)
    if of_text(passage.text) != content:  # a damaged disk: no answer beats a wrong quotation
        raise StorageError(
            f"passage {identity} of '{passage.article_id}' is not the text that was indexed: "
            f"{REPAIR_HINT}"
        )
    return passage


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
