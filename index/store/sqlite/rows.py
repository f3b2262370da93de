"""Rows of SQLite -> articles and passages, and a page of the table of articles."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator

from index.article import Article
from index.passage import Passage
from index.store.base.article_page import ArticlePage, ArticleRow, PageRequest
from index.store.base.search_filter import SearchFilter
from index.store.base.stored import ARTICLE, to_article, to_passage

from .schema import column_of_anchors, has_text_digests

ESCAPE = "'\\'"


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


def read_passages(connection: sqlite3.Connection) -> Iterator[Passage]:
    """Yield all passages by article id and start."""
    anchors = column_of_anchors(connection)
    for number, identity, text, stand in connection.execute(
        f"SELECT number, id, text, {anchors} FROM article ORDER BY id"
    ):
        for row, start, end, *about, content in connection.execute(
            'SELECT id, start, "end", kind, language, title, content FROM passage'
            " WHERE article = ? ORDER BY start",
            (number,),
        ):
            passage = identity, start, end, text[start:end], *about
            yield to_passage((row, *passage, stand, content))


def read_page(connection: sqlite3.Connection, request: PageRequest) -> ArticlePage:
    """Return the requested rows, and how many rows the whole table has; reads no texts."""
    # "+" keeps SQLite from the index of dates, by which it would read every row that it sorts
    given = _conditions(request.only, "a", "+a.date")
    where, values = "", tuple(given.values())
    if words := request.words:
        pattern = "%{}%".format(re.sub(r"([%_\\])", r"\\\1", words))
        columns = ("title", "place", "id", "date")
        given[f"({' OR '.join(f'{c} LIKE ? ESCAPE {ESCAPE}' for c in columns)})"] = ""
        values += (pattern,) * len(columns)
    if given:
        where = f" WHERE {' AND '.join(given)}"
    (total,) = connection.execute(f"SELECT count(*) FROM article a{where}", values).fetchone()
    count = "(SELECT count(*) FROM passage WHERE article = number)"
    column = {"path": "place"}.get(request.sort, request.sort)
    selected = "number, id, title, date, language, place"
    if column == "passages":  # counted for all articles only when sorted by it
        selected += f", {count} AS passages"
    order = f"{column} IS NULL, {column} {'DESC' if request.descending else 'ASC'}, id"
    rows = connection.execute(
        f"SELECT id, title, date, language, place, {count} FROM ("
        f"SELECT {selected} FROM article a{where} ORDER BY {order}"
        f" LIMIT {int(request.size)} OFFSET {int(request.page) * int(request.size)})",
        values,
    )
    return ArticlePage(tuple(ArticleRow(*row) for row in rows), int(total))


def numbers(ids: Iterable[int]) -> str:
    """Return numbers as the list of an SQL condition."""
    return ",".join(map(str, map(int, ids)))


def matching(only: SearchFilter) -> tuple[str, tuple[str, ...]]:
    """Return the query for the ids of the passages that match a filter, and its parameters."""
    given = _conditions(only, "p", "a.date")
    query = "SELECT p.id FROM passage p JOIN article a ON a.number = p.article"
    if given:
        query += f" WHERE {' AND '.join(given)}"
    return query, tuple(given.values())


def _conditions(only: SearchFilter, language_of: str, day: str) -> dict[str, str]:
    """Return the conditions of a filter with their values; `a` is the table of articles."""
    conditions = {
        f"{day} >= ?": only.after.isoformat() if only.after else None,
        f"{day} <= ?": only.before.isoformat() if only.before else None,  # NULL is in no range
        f"{language_of}.language || '-' LIKE ? || '-%'": only.language,
        "a.id = ?": only.article,
        "a.id IN (SELECT value FROM json_each(?))": _list(only.among),
    }
    return {condition: value for condition, value in conditions.items() if value is not None}


def _list(among: frozenset[str] | None) -> str | None:
    return None if among is None else json.dumps(sorted(among))
