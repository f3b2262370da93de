"""Articles and pages of them are read from the right columns and indexes."""

import json
from contextlib import closing
from datetime import date
from pathlib import Path

from index.article import Part
from index.store.base.article_page import PageRequest
from index.store.base.search_filter import SearchFilter
from index.store.sqlite.connection import connect
from index.store.sqlite.rows import matching, read_article, read_page
from tests.support.written import WrittenIndex, article


def test_an_article_is_read_with_the_digest_of_its_seed(
    written: WrittenIndex, folder: Path
) -> None:
    stored = article("a", "Rain 😀.", title="T", author="Ann", parts=(Part(0, 7, "body"),))
    written.publish(stored)
    with closing(connect(folder)) as connection:
        assert read_article(connection, 1) == (stored, written.digest(stored))
        (parts,) = connection.execute("SELECT parts FROM article").fetchone()
    assert json.loads(parts) == [[0, 7, "body", None]]


def test_a_page_of_the_table_reads_no_texts(written: WrittenIndex, folder: Path) -> None:
    """Everything shown comes from an index of SQLite that covers it."""
    written.publish(article("a", "Rain.", date=date(2025, 10, 31)))
    with closing(connect(folder)) as connection:
        statements: list[str] = []
        connection.set_trace_callback(statements.append)
        days = SearchFilter(after=date(2025, 10, 30))
        assert read_page(connection, PageRequest(only=days, words="a", sort="date")).total == 1
        connection.set_trace_callback(None)
        (select,) = (s for s in statements if "LIMIT 20" in s)
        plan = connection.execute(f"EXPLAIN QUERY PLAN {select}").fetchall()
    assert "SCAN a USING COVERING INDEX article_shown" in str(plan)


def test_passages_of_some_days_are_found_by_an_index(written: WrittenIndex, folder: Path) -> None:
    """A scan of a million passages would take longer than the search of those days."""
    written.publish(article("a", "Rain.", date=date(2025, 10, 31)))
    query, values = matching(SearchFilter(after=date(2025, 10, 30)))
    with closing(connect(folder)) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {query}", values).fetchall()
        assert connection.execute(query, values).fetchall() == [(1,)]
    assert "USING COVERING INDEX article_date (date>?)" in str(plan)
    assert "USING COVERING INDEX passage_article (article=?)" in str(plan)
