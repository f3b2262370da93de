"""What a file states of itself is checked; what it does not state is not guessed."""

import datetime

import pytest

from index.errors import UnreadableError
from index.formats import metadata


@pytest.mark.parametrize(
    "stated",
    [
        "2025-10-28", " 2025-10-28 ", "2025-10-28T23:59:59", "2025-10-28 10:00:00+09:00",
        datetime.date(2025, 10, 28), datetime.datetime(2025, 10, 28, 12), "20251028",
    ],
)  # fmt: skip
def test_dates(stated: object) -> None:
    assert metadata.date(stated) == datetime.date(2025, 10, 28)


@pytest.mark.parametrize("stated", ["28.10.2025", "October 28", "2025", "2025-02-30", 1.5, [], {}])
def test_what_is_no_date_is_refused(stated: object) -> None:
    with pytest.raises(UnreadableError, match="must be like 2025-10-28"):
        metadata.date(stated)


def test_no_date() -> None:
    assert metadata.date(None) is None
    assert metadata.date("") is None


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("2025-10-28.txt", "2025-10-28"),
        ("a/b_2025-10-28_c.txt", "2025-10-28"),
        ("2025-99-99 2024-02-29.md", "2024-02-29"),
        ("2025-10-28/a.txt", None),  # the folder's name, not the file's own
        ("12025-10-28.txt", None),
        ("2025-10-281.txt", None),
        ("20251028.txt", None),
        ("2025-02-30.txt", None),
        ("002_32ee708ab20e5177.txt", None),
    ],
)
def test_a_date_in_a_name_is_delimited(path: str, found: str | None) -> None:
    assert metadata.date_in_name(path) == (datetime.date.fromisoformat(found) if found else None)


def test_words_are_one_line() -> None:
    assert metadata.word({"title": " a\n b\0\tc "}, "title") == "a b c"
    assert metadata.word({"title": " "}, "title") is None
    assert metadata.word({}, "title") is None


@pytest.mark.parametrize("value", [7, True, ["a"], {"a": 1}, "\ud800"])
def test_what_is_no_word_is_refused(value: object) -> None:
    with pytest.raises(UnreadableError, match="'title'"):
        metadata.word({"title": value}, "title")


def test_long_values_are_shown_short() -> None:
    assert len(metadata.shown("x" * 1000)) < 80
    endless: list[object] = []
    endless.append(endless)
    assert metadata.shown(endless) == "a list"


def test_parts_say_where_title_body_and_teasers_stand() -> None:
    given = [
        {"start": 0, "end": 4, "kind": "title", "title": None},
        {"start": 6, "end": 9, "kind": "teaser", "title": "Own"},
    ]
    assert metadata.parts(given, 9) == [(0, 4, "title", None), (6, 9, "teaser", "Own")]
    assert metadata.parts(None, 9) == [(0, 9, "body", None)]


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
        [{"start": 0, "end": 4, "kind": "teaser", "title": 5}],
    ],
)
def test_parts_that_cannot_be_are_refused(bad: object) -> None:
    with pytest.raises(UnreadableError):
        metadata.parts(bad, 9)
