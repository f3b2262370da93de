"""Articles by a column, and a page of the table of articles, which is cut before it is counted."""

from index.store.base.article_page import PageRequest
from index.store.postgres.connection import Connection
from index.store.postgres.rows import find_article, read_page
from tests.support.written import WrittenIndex, article


def test_of_articles_with_one_value_the_first_by_id_is_found(
    index: WrittenIndex, session: Connection
) -> None:
    index.publish(*(article(name, "It rains.", language="de") for name in "cab"))
    assert find_article(session, "language", "de") == article("a", "It rains.", language="de")
    assert find_article(session, "language", "fr") is None


def test_a_page_is_read_in_order(index: WrittenIndex, session: Connection) -> None:
    index.publish(*(article(name, f"{name} rains.", title=name.upper()) for name in "cab"))
    page = read_page(session, PageRequest(sort="title", descending=True, size=2))
    assert [(row.id, row.passages) for row in page.rows] == [("c", 1), ("b", 1)]
    assert page.total == 3
