"""Bars by day, month, year or decade."""

import datetime
from itertools import pairwise

import pytest

from qa.facets.over_time import MOST_BARS, bars


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("days", "labels"),
    [
        (["2025-10-28"], ["2025-10-28"]),
        (["2025-10-30", "2025-11-01"], ["2025-10-30", "2025-10-31", "2025-11-01"]),
        (["2024-12-31", "2025-02-28"], ["2024-12", "2025-01", "2025-02"]),
        (["2010-01-01", "2013-12-31"], ["2010", "2011", "2012", "2013"]),
        (["1931-05-05", "1970-01-01"], ["1930s", "1940s", "1950s", "1960s", "1970s"]),
        (["9999-12-30", "9999-12-31"], ["9999-12-30", "9999-12-31"]),
        (["9999-09-01", "9999-12-31"], ["9999-09", "9999-10", "9999-11", "9999-12"]),
        ([], []),
    ],
)
def test_the_unit_suits_the_span(days: list[str], labels: list[str]) -> None:
    assert [bar.label for bar in bars(map(day, days))] == labels


def test_bars_cover_every_day_once_and_count_every_article() -> None:
    days = [day("0001-01-01"), day("1999-12-31"), day("2000-01-01"), day("9999-12-31")]
    found = bars(days * 2)
    assert sum(bar.articles for bar in found) == 8
    assert found[0].first == datetime.date.min
    assert found[-1].last == datetime.date.max
    for one, following in pairwise(found):
        assert following.first - one.last == datetime.timedelta(days=1)


def test_the_longest_span_in_years_has_few_bars() -> None:
    assert len(bars([day("1990-06-01"), day("2025-06-01")])) == MOST_BARS
