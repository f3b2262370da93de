"""Rows become articles and passages, or an error that names what is damaged."""

import datetime
from typing import Any

import pytest

from index.article import Anchor, Article, Location, Part
from index.errors import StorageError
from index.store.base.digest import of_text
from index.store.base.records import REPAIR_HINT, Skip
from index.store.base.stored import article_values, read_skips, to_article, to_passage, write_skips

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


def test_an_article_survives_its_row() -> None:
    stored = Article(
        "a", "T", "Rain 😀.", datetime.date(2025, 1, 2), "en", "p", "u", "Ann",
        (Part(0, 7, "teaser", "Own"),), "p#1", (Anchor(3, Location(2, 0.5)),),
    )  # fmt: skip
    bare = Article("b", None, "", None, None, "p")
    assert to_article(article_values(stored)) == stored
    assert to_article(article_values(bare)) == bare


def test_skips_are_stored_with_who_read_the_file() -> None:
    skips = [Skip("a", "odd"), Skip("a#1", "page 3", "b", partly=True)]
    assert read_skips(write_skips(skips, "reader")) == ("reader", skips)
    assert write_skips([], "reader") == ""
    assert read_skips("") == (None, [])
