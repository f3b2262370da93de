"""Articles counted by day, month, year or decade, whichever suits the days that they are from."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator

from .facets import TimeBar, Unit

MOST_BARS = 36
UNITS: tuple[Unit, ...] = ("day", "month", "year")
ONE_DAY = datetime.timedelta(days=1)


def bars(days: Iterable[datetime.date]) -> tuple[TimeBar, ...]:
    """Return a bar for every stretch between the first and the last day, empty ones too.

    >>> [(bar.label, bar.articles) for bar in bars(
    ...     datetime.date(*day) for day in ((2024, 12, 1), (2025, 2, 1), (2025, 2, 3)))]
    [('2024-12', 1), ('2025-01', 0), ('2025-02', 2)]
    """
    counts = Counter(days)
    if not counts:
        return ()
    first, last = min(counts), max(counts)
    fitting = (unit for unit in UNITS if _number(last, unit) - _number(first, unit) < MOST_BARS)
    unit: Unit = next(fitting, "decade")
    by_start: Counter[datetime.date] = Counter()
    for day, articles in counts.items():
        by_start[_start(day, unit)] += articles
    return tuple(
        TimeBar(_label(start, unit), start, end, by_start[start])
        for start, end in _stretches(_start(first, unit), last, unit)
    )


def _number(day: datetime.date, unit: Unit) -> int:
    return {"day": day.toordinal(), "month": 12 * day.year + day.month}.get(unit, day.year)


def _start(day: datetime.date, unit: Unit) -> datetime.date:
    if unit == "day":
        return day
    if unit == "month":
        return day.replace(day=1)
    return datetime.date(max(1, day.year - day.year % 10) if unit == "decade" else day.year, 1, 1)


def _stretches(
    start: datetime.date, last: datetime.date, unit: Unit
) -> Iterator[tuple[datetime.date, datetime.date]]:
    """Yield the first and the last day of every stretch."""
    while start <= last:
        end = _end(start, unit)
        yield start, end
        if end == datetime.date.max:
            return
        start = end + ONE_DAY


def _end(start: datetime.date, unit: Unit) -> datetime.date:
    if unit == "day":
        return start
    if unit == "month":
        return (
            (start.replace(day=28) + 4 * ONE_DAY).replace(day=1) - ONE_DAY
            if start < LAST_MONTH
            else datetime.date.max
        )
    year = start.year - start.year % 10 + 9 if unit == "decade" else start.year
    return datetime.date(year, 12, 31)


LAST_MONTH = datetime.date.max.replace(day=1)


def _label(start: datetime.date, unit: Unit) -> str:
    if unit == "decade":
        return f"{start.year - start.year % 10}s"
    return start.isoformat()[: {"day": 10, "month": 7}.get(unit, 4)]
