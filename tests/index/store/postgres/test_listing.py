"""A page of the table of articles is cut before its passages are counted."""

from index.store.base.article_page import PageRequest
from index.store.postgres.connection import Connection
from index.store.postgres.listing import read_page
from tests.support.written import WrittenIndex, article


def test_a_page_is_read_in_order(index: WrittenIndex, session: Connection) -> None:
    index.publish(*(article(name, f"{name} rains.", title=name.upper()) for name in "cab"))
    page = read_page(session, PageRequest(sort="title", descending=True, size=2))
    assert [(row.id, row.passages) for row in page.rows] == [("c", 1), ("b", 1)]
    assert page.total == 3
