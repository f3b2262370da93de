"""Dates, also those that depend on the day of the article."""

import datetime

import pytest

from qa.agreement.days import compatible, dates

WEDNESDAY = datetime.date(2025, 10, 15)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-10-03", "2025-10-03"),
        ("3 October 2025", "2025-10-03"),
        ("October 3rd, 2025", "2025-10-03"),
        ("Oct. 3", "2025-10-03"),
        ("on 3 January", "2026-01-03"),
        ("October 2024", "2024-10"),
        ("in September", "2025-09"),
        ("1932", "1932"),
        ("2025年10月3日", "2025-10-03"),
        ("十月三日", "2025-10-03"),
        ("10月", "2025-10"),
        ("1921年", "1921"),
        ("二〇二五年", "2025"),
        ("on Monday", "2025-10-13"),
        ("it will open on Monday", "2025-10-20"),
        ("on Wednesday", "2025-10-15"),
        ("周一", "2025-10-13"),
        ("下周五", "2025-10-24"),
        ("上周五", "2025-10-10"),
        ("yesterday", "2025-10-14"),
        ("明天", "2025-10-16"),
        ("last year", "2024"),
        ("去年", "2024"),
        ("next month", "2025-11"),
        ("上个月", "2025-09"),
    ],
)
def test_a_date(text: str, day: str) -> None:
    (found,) = dates(text, WEDNESDAY)
    assert found.isoformat() == day


def test_last_month_in_january_is_december() -> None:
    (found,) = dates("last month", datetime.date(2025, 1, 9))
    assert found.isoformat() == "2024-12"


def test_without_the_articles_day_relative_dates_are_unknown() -> None:
    assert dates("on Friday, 去年, tomorrow", None) == []
    (found,) = dates("3 October", None)
    assert found.parts() == (None, 10, 3)


def test_what_is_no_date() -> None:
    assert dates("He may march; 2000 people; 1,950 votes; 13月45日", WEDNESDAY) == []


def test_dates_are_compatible_unless_a_part_differs() -> None:
    october, third, fourth, year = dates("October 2025, 2025-10-03, 2025-10-04, 1932", None)
    assert compatible(october, third)
    assert not compatible(third, fourth)
    assert not compatible(october, year)
