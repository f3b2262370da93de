"""Filters: the user's values are checked, and an empty filter matches everything."""

import datetime
from typing import Any

import pytest

from index import ArchiveError
from index.store.base.search_filter import NO_FILTER, SearchFilter

DAY = datetime.date(2025, 10, 28)


@pytest.mark.parametrize(
    "day", [DAY, "2025-10-28", " 2025-10-28 ", datetime.datetime(2025, 10, 28, 23, 59)], ids=repr
)
def test_a_day_is_a_date_or_its_iso_text(day: Any) -> None:
    assert SearchFilter.of(after=day, before=day) == SearchFilter(DAY, DAY)


def test_a_language_is_a_code_in_lower_case() -> None:
    assert SearchFilter.of(language=" ZH-Hant-TW ").language == "zh-hant-tw"


def test_empty_values_match_everything() -> None:
    assert SearchFilter.of(after="", before="", language="", article="") == NO_FILTER
    assert not NO_FILTER
    assert SearchFilter.of() == NO_FILTER


@pytest.mark.parametrize(
    ("fields", "dated"),
    [
        ({"after": "2025-10-28"}, True),
        ({"before": "2025-10-28"}, True),
        ({"language": "en"}, False),
        ({"article": "a"}, False),
    ],
)
def test_any_value_makes_it_a_filter(fields: dict[str, Any], dated: bool) -> None:
    only = SearchFilter.of(**fields)
    assert only
    assert only.dated is dated


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"after": "May"}, "'after' must be a day like 2025-10-28, not 'May'"),
        ({"before": 2025}, "'before' must be a day like 2025-10-28, not '2025'"),
        ({"after": "2025-02-30"}, "not '2025-02-30'"),
        ({"after": "2025-02-02", "before": "2025-02-01"}, "both after 2025-02-02 and before"),
        ({"language": "English, please"}, "a code like en or zh, not 'English, please'"),
        ({"language": "%"}, "a code like en or zh, not '%'"),
        ({"language": "e"}, "a code like en or zh, not 'e'"),
        ({"after": "x" * 99}, f"not '{'x' * 40}'$"),
        ({"after": "\0\ud800"}, r"not '\\x00\\ud800'$"),
        ({"language": "en\0"}, r"not 'en\\x00'$"),
        ({"language": "\udfff"}, r"not '\\udfff'$"),
        ({"article": "a\0"}, r"no article with the id 'a\\x00'$"),
        ({"article": "\ud83d"}, r"no article with the id '\\ud83d'$"),
    ],
)
def test_a_value_that_cannot_be_right_is_an_error(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ArchiveError, match=message):
        SearchFilter.of(**fields)
