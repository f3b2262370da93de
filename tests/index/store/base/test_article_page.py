"""The table of articles: searched, sorted and paged in the database."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from index import ArchiveError
from index.store.base.article_page import ArticlePage, PageRequest
from index.store.doors import open_store

LINES = [
    {"id": "b", "title": "Bridges", "text": "One.", "date": "2025-03-01", "language": "en"},
    {"id": "a", "title": "Äpfel", "text": "Zwei. " * 300, "language": "de"},
    {"id": "c", "title": "100% water_", "text": "Three.", "date": "2025-01-01"},
    {"id": "d", "text": "Four.", "date": "2024-01-01"},
]


@pytest.fixture
def listed(make: Callable[..., object], tmp_path: Path) -> Callable[..., ArticlePage]:
    make({"some.jsonl": LINES})

    def page(**wanted: object) -> ArticlePage:
        with open_store(tmp_path / "index").snapshot() as snapshot:
            return snapshot.listing(PageRequest(**wanted))

    return page


def ids(listing: ArticlePage) -> str:
    return "".join(row.id for row in listing.rows)


def test_a_row_says_what_an_article_is(listed: Callable[..., ArticlePage]) -> None:
    (row,) = listed(words="bridge").rows
    assert (row.id, row.title, row.date, row.language) == ("b", "Bridges", "2025-03-01", "en")
    assert (row.place, row.passages) == ("some.jsonl#1", 1)


def test_it_sorts_by_every_column_and_what_is_not_known_comes_last(
    listed: Callable[..., ArticlePage],
) -> None:
    assert ids(listed(sort="title")) == "cbad"
    assert ids(listed(sort="title", descending=True)) == "abcd"
    assert ids(listed(sort="date")) == "dcba"
    assert ids(listed(sort="date", descending=True)) == "bcda"
    assert ids(listed(sort="passages", descending=True))[0] == "a"
    assert ids(listed(sort="path")) == "bacd"


def test_pages_hold_all_rows_once(listed: Callable[..., ArticlePage]) -> None:
    pages = [listed(page=page, size=3, sort="path") for page in range(3)]
    assert [ids(page) for page in pages] == ["bac", "d", ""]
    assert {page.total for page in pages} == {4}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("100%", "c"),
        ("%", "c"),
        ("_", "c"),
        ("SOME.json", "cbad"),
        ("2025-", "cb"),
        ("\\", ""),
        ("'", ""),
    ],
)
def test_words_are_looked_for_literally(
    listed: Callable[..., ArticlePage], words: str, found: str
) -> None:
    listing = listed(words=words)
    assert (ids(listing), listing.total) == (found, len(found))


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"sort": "text; DROP TABLE article"}, "cannot sort by"),
        ({"page": -1}, "there is no page -1"),
        ({"size": 0}, "of 0 rows"),
        ({"words": "x" * 1000}, "1,000 characters"),
    ],
)
def test_what_cannot_be_is_an_error(wanted: dict[str, object], said: str) -> None:
    with pytest.raises(ArchiveError, match=said):
        PageRequest(**wanted)


def test_no_text_is_read_for_it(listed: Callable[..., ArticlePage], tmp_path: Path) -> None:
    """Everything shown comes from an index of SQLite that holds no text."""
    connection = sqlite3.connect(tmp_path / "index" / "archive.sqlite")
    plan = connection.execute(
        "EXPLAIN QUERY PLAN SELECT number, id, title, date, language, place FROM article"
        " WHERE title LIKE '%x%' ORDER BY date"
    ).fetchall()
    connection.close()
    assert "COVERING INDEX article_shown" in str(plan)
