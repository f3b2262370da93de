"""One page of the table of articles; the database filters and sorts it."""

import re

from index.store.base.article_page import ArticlePage, ArticleRow, PageRequest

from .connection import Connection, one


def read_page(connection: Connection, request: PageRequest) -> ArticlePage:
    """Return the requested rows, and how many rows the whole table has."""
    where, values = "", dict[str, object]()
    if words := request.words:
        values["pattern"] = "%{}%".format(re.sub(r"([%_\\])", r"\\\1", words))
        columns = ("title", "place", "id", "date")
        where = f"WHERE {' OR '.join(f'{column} ILIKE %(pattern)s' for column in columns)}"
    count = "(SELECT count(*) FROM passage WHERE article = number)"
    column = {"path": "place", "passages": count}.get(request.sort, request.sort)
    order = f"ORDER BY {column} {'DESC' if request.descending else 'ASC'} NULLS LAST, id"
    total = one(connection, f"SELECT count(*) FROM article {where}", values)
    values |= {"size": request.size, "start": request.page * request.size}
    rows = connection.execute(
        f"SELECT id, title, date, language, place, {count} FROM (SELECT * FROM article {where}"
        f" {order} LIMIT %(size)s OFFSET %(start)s) shown {order}",
        values,
    )
    return ArticlePage(tuple(ArticleRow(*row) for row in rows), int(total[0]))
