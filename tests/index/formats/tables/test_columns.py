"""Columns are recognised by their names; rows become records or are named."""

import pytest

from index.errors import UnreadableError
from index.formats.seed_file import Omitted, Record, Refused
from index.formats.tables import columns
from index.formats.tables.columns import NAMES, Columns, Row, articles, no_text_column, unread


def test_names_are_recognised_in_any_case() -> None:
    chosen = Columns.choose(
        ["ID", " Publish Date", "Full-Text", "Headline", "Lang", "Link", "tags"]
    )
    assert chosen == Columns(
        {"text": 2, "title": 3, "date": 1, "language": 4, "url": 5, "id": 0}, ("tags",)
    )


@pytest.mark.parametrize("name", NAMES["text"])
def test_each_name_of_a_text(name: str) -> None:
    chosen = Columns.choose(["x", name])
    assert chosen
    assert chosen.fields == {"text": 1}


def test_the_first_of_equal_names_and_the_preferred_of_different_ones() -> None:
    chosen = Columns.choose(["content", "text", "Text", "", "url"])
    assert chosen == Columns({"text": 1, "url": 4}, ("content", "Text"))


def test_a_column_that_is_asked_for_comes_first() -> None:
    chosen = Columns.choose(["text", "Lead para"], "lead-para")
    assert chosen == Columns({"text": 1}, ("text",))
    assert Columns.choose(["title", "x"], "title") == Columns({"text": 0}, ("x",))
    assert Columns.choose(["text"], "lead") == Columns({"text": 0}, ())


def test_without_a_column_of_texts_its_columns_are_named() -> None:
    assert Columns.choose(["a", "b"]) is None
    assert Columns.choose([]) is None
    assert str(no_text_column(["a", "b\n"])) == (
        'has no column named text, body, content, article or the like, only "a", "b\\n": '
        "name the one with the articles' text by --column"
    )


def test_rows_without_a_text_are_named() -> None:
    chosen = Columns({"text": 1, "id": 0, "title": 2}, ("x", "y"))
    rows: list[Row] = [
        (2, [" 7 ", " One. ", ""]), (3, ["8", " ", "Two"]), (5, UnreadableError("is odd")),
        (6, ["", "Six.", None]), (7, ["a\nb", "Seven.", ""]), (8, [9, None, ""]),
    ]  # fmt: skip
    words = "must be a string with words, not null"
    assert list(articles("a.csv", chosen, rows)) == [
        Record("a.csv#2", " One. ", {"id": "7", "text": " One. "}, "7"),
        Refused("a.csv#3", f"its 'text' {words}"),
        Refused("a.csv#5", "is odd"),
        Record("a.csv#6", "Six.", {"text": "Six."}),
        Refused("a.csv#7", "its 'id' must be one line of text, not \"a\\nb\""),
        Refused("a.csv#8", f"its 'text' {words}"),
    ]
    assert list(unread("a.csv", chosen)) == [Omitted("a.csv", 'columns left out: "x", "y"')]


def test_very_many_bad_rows_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "MAX_REFUSED", 2)
    rows: list[Row] = [(n, UnreadableError("is odd")) for n in range(2, 9)]
    found = list(articles("a.csv", Columns({"text": 0}, ()), rows))
    assert found[2:] == [Refused("a.csv", "5 more rows are not read (the first is 4: is odd)")]


def test_very_many_columns_are_counted() -> None:
    (omitted,) = unread("a.csv", Columns({}, ("x",) * 45))
    assert omitted.what.endswith('"x" and 15 more')
