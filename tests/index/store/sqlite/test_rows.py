"""Rows become articles and passages, or an error that names what is damaged."""

import datetime
import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from index.article import Anchor, Location, Part
from index.errors import StorageError
from index.store.base.article_page import PageRequest
from index.store.base.digest import of_text
from index.store.base.protocol import REPAIR_HINT
from index.store.sqlite.connection import connect
from index.store.sqlite.rows import read_article, read_page, to_article, to_passage
from tests.support.written import WrittenIndex, article

ROW = {
    "id": "a", "title": "Rain", "text": "Rain over Ulm.", "date": "2025-10-28", "language": "en",
    "path": "a.jsonl", "url": None, "author": "Ann", "parts": '[[0, 14, "body", null]]',
    "place": "a.jsonl#1", "anchors": "[[0, 3, null], [5, null, 7.5]]",
}  # fmt: skip


def row(**changes: Any) -> tuple[str, ...]:
    return tuple({**ROW, **changes}.values())


def test_a_row_becomes_the_article_that_was_stored() -> None:
    found = to_article(row())
    assert (found.id, found.title, found.author, found.url) == ("a", "Rain", "Ann", None)
    assert found.date == datetime.date(2025, 10, 28)
    assert found.parts == (Part(0, 14, "body", None),)
    assert found.anchors == (Anchor(0, Location(page=3)), Anchor(5, Location(seconds=7.5)))
    assert to_article(row(anchors=None)).anchors == ()
    assert (found.path, found.place) == ("a.jsonl", "a.jsonl#1")
    assert to_article(row(date=None)).date is None


@pytest.mark.parametrize(
    "changes",
    [
        {"date": "2025-13-01"},
        {"parts": "["},
        {"parts": "7"},
        {"parts": "[[1]]"},
        {"parts": None},
        {"anchors": "["},
        {"anchors": "[[]]"},
        {"anchors": "[[0, 1, 2, 3]]"},
    ],
    ids=str,
)
def test_a_damaged_article_is_an_error_that_names_it(changes: dict[str, Any]) -> None:
    with pytest.raises(StorageError, match="the article 'a' is damaged") as caught:
        to_article(row(**changes))
    assert str(caught.value).endswith(REPAIR_HINT)


def test_a_passage_whose_text_has_changed_is_never_returned() -> None:
    stored = (7, "a", 0, 5, "Rain.", "body", "en", None, None)
    assert to_passage((*stored, of_text("Rain."))).text == "Rain."
    with pytest.raises(StorageError, match="passage 7 of 'a' is not the text that was indexed"):
        to_passage((*stored, of_text("Ruin.")))


def test_a_passage_stands_where_the_anchor_before_it_says() -> None:
    stored = (7, "a", 5, 10, "Rain.", "body", "en", None)
    anchors = "[[0, 1, null], [5, 2, null], [6, 3, null]]"
    assert to_passage((*stored, anchors, of_text("Rain."))).location == Location(page=2)
    with pytest.raises(StorageError, match="the article 'a' is damaged"):
        to_passage((*stored, "{", of_text("Rain.")))


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
    written.publish(article("a", "Rain."))
    with closing(connect(folder)) as connection:
        statements: list[str] = []
        connection.set_trace_callback(statements.append)
        assert read_page(connection, PageRequest(words="a", sort="date")).total == 1
        connection.set_trace_callback(None)
        (select,) = (s for s in statements if "LIMIT 20" in s)
        plan = connection.execute(f"EXPLAIN QUERY PLAN {select}").fetchall()
    assert "SCAN article USING COVERING INDEX article_shown" in str(plan)
