"""Days that are certain, and what is left out."""

import datetime

import pytest

from qa.facets.names.days import MOST_DAYS, stated_days

FRIDAY = datetime.date(2025, 10, 31)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("on 28 October 2025", ["2025-10-28"]),
        ("July 4, 2024", ["2024-07-04"]),
        ("2025年10月28日", ["2025-10-28"]),
        ("yesterday and 明天", ["2025-10-30", "2025-11-01"]),
        ("on Friday it rained", ["2025-10-31"]),
        ("it will open on Friday", []),
        ("last Friday", []),
        ("上周五", []),
        ("on Tuesday", []),
        ("on 3 March", []),
        ("in October 2025", []),
        ("30 February 2025", []),
        ("0001-01-01", []),
    ],
)
def test_only_certain_days_are_stated(text: str, days: list[str]) -> None:
    assert [day.isoformat() for day in stated_days(text, FRIDAY)] == days


def test_without_a_day_of_the_article_nothing_is_relative() -> None:
    assert stated_days("yesterday, on Friday", None) == []


def test_days_are_bounded() -> None:
    text = " ".join(f"{day} May {year}" for year in range(2000, 2010) for day in range(1, 29))
    assert len(stated_days(text, FRIDAY)) == MOST_DAYS
