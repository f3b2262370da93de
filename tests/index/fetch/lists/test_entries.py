"""Days and times that lists state, in a form that sorts."""

import datetime

import pytest

from index.fetch.lists.entries import Entry, entry


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("2025-10-28", "2025-10-28T00:00:00"),
        ("2025-10-28T23:30:00-05:00", "2025-10-29T04:30:00"),
        ("2025-10-28T10:00Z", "2025-10-28T10:00:00"),
        ("Tue, 28 Oct 2025 09:00:00 GMT", "2025-10-28T09:00:00"),
        ("Tue, 28 Oct 2025 09:00:00 +0800", "2025-10-28T01:00:00"),
        ("28 October 2025", "2025-10-28"),
        ("2025年10月28日", "2025-10-28"),
        ("", ""),
        ("soon", ""),
        ("0000-00-00", ""),
        ("9" * 100_000, ""),
        ("2025-10-28" * 10_000, ""),
        ("Tue, 99 Oct 2025 99:00:00 +9999", ""),
        ("0001-01-01T00:00:00+14:00", ""),
        ("\x00\ud800", ""),
    ],
)
def test_times_are_in_utc(text: str, stated: str) -> None:
    assert entry("/a", changed=text).stated == stated


def test_the_day_of_publication_is_that_of_the_stated_zone() -> None:
    found = entry(" /a\n", "Tue, 28 Oct 2025 23:30:00 -0500", "2025-11-02")
    assert found == Entry("/a", datetime.date(2025, 10, 28), "2025-11-02T00:00:00")
    assert found.day == "2025-11-02"
    assert entry("/a").day == ""
