"""A date counts only if all its parts are stated; which number is the day is not guessed."""

import pytest

from index.formats.dates import parse_day


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("2025-10-28", None), ("20251028", None), ("2025-10-28T23:59:59-05:00", None),
        ("2025-10-28 10:00:00 UTC", None), ("2025/10/28 10:00", None), ("2025.10.28", None),
        ("2025. 10. 28.", "ko"), ("2025年10月28日 10:00", None),
        ("2025년 10월 28일 오후 3시", None),
        ("２０２５年１０月２８日", None), ("٢٨/١٠/٢٠٢٥", "ar"), ("28-10-2025", None),
        ("10/28/2025", "en"), ("28.10.2025, 10:00 Uhr", "de"), ("28.10.2025 10.00", "fi"),
        ("Tue, 28 Oct 2025 23:30:00 -0500", None), ("Tue, 28 Oct 25 10:00:00 GMT", None),
        ("Tue Oct 28 10:00:00 GMT+0100 2025", None), ("October 28th, 2025", None),
        ("28-Oct-2025", None), ("28 octobre 2025", "fr"), ("28. Oktober 2025", "de"),
        ("28 октября 2025 г.", "ru"), ("28 października 2025", "pl"), ("28. listopada 2025", "hr"),
    ],
)  # fmt: skip
def test_forms_of_one_day(text: str, language: str | None) -> None:
    assert str(parse_day(text, language)) == "2025-10-28"


def test_the_language_decides_which_number_is_the_day() -> None:
    assert str(parse_day("03/04/2025", "fr")) == "2025-04-03"
    assert parse_day("03/04/2025", "en") is None
    assert parse_day("03/04/2025") is None
    assert str(parse_day("04/04/2025")) == "2025-04-04"


@pytest.mark.parametrize(
    "text",
    [
        "1761645600", "1761645600000", "1711022410", "10:00", "2025", "2025-10", "October 2025",
        "28 Oct", "28 Oct 25", "Mon, 28 Oct 25 10:00:00 GMT", "31/13/2025", "2025-02-30",
        "0000-00-00", "0001-01-01T00:00:00Z", "2568-10-28", "yesterday", "3 days ago", "N/A", "",
        "2025-10-28, 2025-10-29", "Between 3 Oct and 5 Oct 2025", "9" * 5000,
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        "Mon, 01 Jan 2024 00:00:00 +99999999999999",
    ],
)  # fmt: skip
def test_nothing_is_filled_in(text: str) -> None:
    assert parse_day(text, "en") is None
