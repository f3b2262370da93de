"""Rows of the database -> articles and passages, and a page of the table of articles."""

import re
from collections.abc import Iterator

from index.article import Article
from index.passage import Passage
from index.store.base.article_page import ArticlePage, ArticleRow, PageRequest
from index.store.base.search_filter import SearchFilter
from index.store.base.stored import ARTICLE, to_article, to_passage

from .connection import Connection, one, streamed

COLUMNS = f"{ARTICLE}, anchors"
COUNT = "SELECT article, count(*) FROM passage WHERE article = ANY(%s) GROUP BY article"
COUNTED = """ LEFT JOIN (SELECT article AS number, count(*) AS passages FROM passage
    GROUP BY article) AS counted USING (number)"""


def find_article(connection: Connection, column: str, value: str | bytes) -> Article | None:
    """Return the first article by id whose `column` holds `value`, or None."""
    row = connection.execute(
        f"SELECT {COLUMNS} FROM article WHERE {column} = %s ORDER BY id LIMIT 1", (value,)
    ).fetchone()
    return to_article(row) if row else None


def read_passages(connection: Connection) -> Iterator[Passage]:
    """Yield all passages by article id and start."""
    with streamed(connection, "passages") as articles:
        articles.itersize = 10
        for number, identity, text, anchors in articles.execute(
            "SELECT number, id, text, anchors FROM article ORDER BY id"
        ):
            for row, start, end, *about, content in connection.execute(
                'SELECT id, start, "end", kind, language, title, content FROM passage'
                " WHERE article = %s ORDER BY start",
                (number,),
            ):
                passage = identity, start, end, text[start:end], *about
                yield to_passage((row, *passage, anchors, content))


def _conditions(only: SearchFilter) -> tuple[list[str], dict[str, object]]:
    """Return the conditions of a filter on the table of articles, and its parameters."""
    conditions = {
        "date >= %(after)s": only.after.isoformat() if only.after else None,
        "date <= %(before)s": only.before.isoformat() if only.before else None,
        "starts_with(language || '-', %(language)s || '-')": only.language,
        "id = %(article)s": only.article,
        "id = ANY(%(among)s)": None if only.among is None else sorted(only.among),
    }
    given = {condition: value for condition, value in conditions.items() if value is not None}
    names = (condition.partition("%(")[2].partition(")s")[0] for condition in given)
    return list(given), dict(zip(names, given.values(), strict=True))


def read_page(connection: Connection, request: PageRequest) -> ArticlePage:
    """Return the requested rows, and how many rows the whole table has."""
    conditions, values = _conditions(request.only)
    if words := request.words:
        values["pattern"] = "%{}%".format(re.sub(r"([%_\\])", r"\\\1", words))
        columns = ("title", "place", "id", "date")
        conditions.append(f"({' OR '.join(f'{column} ILIKE %(pattern)s' for column in columns)})")
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    total = one(connection, f"SELECT count(*) FROM article {where}", values)
    columns_of = {"path": "place", "passages": "coalesce(passages, 0)"}
    column = columns_of.get(request.sort, request.sort)
    order = f"ORDER BY {column} {'DESC' if request.descending else 'ASC'} NULLS LAST, id"
    values |= {"size": request.size, "start": request.page * request.size}
    table = f"(SELECT * FROM article {where}) AS chosen"
    if request.sort == "passages":
        table += COUNTED
    rows = connection.execute(
        f"SELECT number, id, title, date, language, place FROM {table} {order}"
        " LIMIT %(size)s OFFSET %(start)s",
        values,
    ).fetchall()
    counts = dict(connection.execute(COUNT, ([row[0] for row in rows],)).fetchall())
    shown = (
        ArticleRow(identity, title, date, language, place, counts.get(number, 0))
        for number, identity, title, date, language, place in rows
    )
    return ArticlePage(tuple(shown), int(total[0]))
