"""Stated metadata is checked; missing metadata is not guessed."""

import datetime

import pytest

from index.errors import UnreadableError
from index.formats.metadata import (
    date_in_name,
    one_line,
    parse_author,
    parse_date,
    parse_language,
    parse_parts,
    preview,
)


@pytest.mark.parametrize(
    "stated",
    [
        "2025-10-28", " 2025-10-28 ", "2025-10-28T23:59:59", "2025-10-28 10:00:00+09:00",
        datetime.date(2025, 10, 28), datetime.datetime(2025, 10, 28, 12), "20251028",
    ],
)  # fmt: skip
def test_dates(stated: object) -> None:
    assert parse_date(stated) == datetime.date(2025, 10, 28)


@pytest.mark.parametrize(
    "stated", ["28.10.25", "October 28", "2025", "2025-02-30", 1761645600, 1.5, [], {}]
)
def test_invalid_dates_are_refused(stated: object) -> None:
    with pytest.raises(UnreadableError, match="must be like 2025-10-28"):
        parse_date(stated)


def test_no_date() -> None:
    assert parse_date(None) is None
    assert parse_date("") is None


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("2025-10-28.txt", "2025-10-28"),
        ("a/b_2025-10-28_c.txt", "2025-10-28"),
        ("2025-99-99 2024-02-29.md", "2024-02-29"),
        ("2025-10-28/a.txt", None),  # a folder's name, not the file's
        ("12025-10-28.txt", None),
        ("2025-10-281.txt", None),
        ("20251028.txt", None),
        ("2025-02-30.txt", None),
        ("002_32ee708ab20e5177.txt", None),
    ],
)
def test_a_date_in_a_file_name_must_be_delimited_and_valid(path: str, found: str | None) -> None:
    assert date_in_name(path) == (datetime.date.fromisoformat(found) if found else None)


def test_white_space_and_control_characters_collapse_to_one_line() -> None:
    assert one_line({"title": " a\n b\0\tc "}, "title") == "a b c"
    assert one_line({"title": " "}, "title") is None
    assert one_line({}, "title") is None


@pytest.mark.parametrize("value", [7.5, True, ["a"], {"a": 1}, "\ud800"])
def test_values_that_are_not_strings_are_refused(value: object) -> None:
    with pytest.raises(UnreadableError, match="'title'"):
        one_line({"title": value}, "title")


def test_previews_are_short() -> None:
    assert len(preview("x" * 1000)) < 80
    endless: list[object] = []
    endless.append(endless)
    assert preview(endless) == "a list"


def test_valid_parts() -> None:
    given = [
        {"start": 0, "end": 4, "kind": "title", "title": None},
        {"start": 6, "end": 9, "kind": "teaser", "title": "Own"},
    ]
    assert parse_parts(given, 9) == [(0, 4, "title", None), (6, 9, "teaser", "Own")]
    assert parse_parts(None, 9) == [(0, 9, "body", None)]


@pytest.mark.parametrize(
    "bad",
    [
        [],
        {},
        "title",
        [1],
        [{"start": 0, "end": 4}],
        [{"start": 0, "end": 10, "kind": "body"}],
        [{"start": 4, "end": 4, "kind": "body"}],
        [{"start": -1, "end": 4, "kind": "body"}],
        [{"start": False, "end": True, "kind": "body"}],
        [{"start": 0, "end": 4, "kind": "body"}, {"start": 3, "end": 5, "kind": "body"}],
        [{"start": 0, "end": 4, "kind": ["body"]}],
        [{"start": 0, "end": 4, "kind": "teaser", "title": 5.5}],
    ],
)
def test_invalid_parts_are_refused(bad: object) -> None:
    with pytest.raises(UnreadableError):
        parse_parts(bad, 9)


def test_a_whole_number_is_a_title_of_digits() -> None:
    assert one_line({"title": 2025}, "title") == "2025"


def test_of_several_dates_the_first_that_is_understood_counts() -> None:
    assert parse_date(("last May", "2025-10-28", "2025-01-01")) == datetime.date(2025, 10, 28)
    assert parse_date(()) is None
    with pytest.raises(UnreadableError, match="last May"):
        parse_date(("last May", "10:00"))


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("K. Eeper", "K. Eeper"),
        (["Ann Lee", "Bo Ek"], "Ann Lee, Bo Ek"),
        ([{"name": "Ann Lee", "url": "/a"}, "Bo Ek"], "Ann Lee, Bo Ek"),
        ({"name": "Ann Lee"}, "Ann Lee"),
        ([], None),
        ("", None),
        (None, None),
    ],
)
def test_authors(author: object, names: str | None) -> None:
    assert parse_author({"author": author}) == names


@pytest.mark.parametrize("author", [7.5, [["a"]], {"url": "/a"}, [None, "a"], True])
def test_authors_without_a_name_are_refused(author: object) -> None:
    with pytest.raises(UnreadableError, match=r"'(author|name)'"):
        parse_author({"author": author})


def test_languages_are_codes() -> None:
    assert parse_language({"language": "no"}) == "no"
    assert parse_language({"language": "zh_TW"}) == "zh-tw"
    assert parse_language({"language": "und"}) is None
    assert parse_language({}) is None
    for odd in ("English", "N/A", False, "e"):
        with pytest.raises(UnreadableError, match="'language'"):
            parse_language({"language": odd})
