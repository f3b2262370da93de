"""The days that a text states for certain; nothing is guessed.

A day counts if its year stands beside it, or if the text says today, yesterday or tomorrow and the
article has a day. A weekday counts only as the article's own day: "on Tuesday" in an article of a
Tuesday. "3 March" without a year and "on Monday" of another day are left out.
"""

import datetime

from qa.agreement.days import AHEAD, NEAR, StatedDate, dates

MOST_DAYS = 50  # of one article
FIRST_YEAR = 1500
SENTENCE = 80  # characters around a weekday in which nothing may look ahead


def stated_days(text: str, written: datetime.date | None) -> list[datetime.date]:
    """Return the days that a text states, in order, each once.

    >>> friday = datetime.date(2025, 10, 31)
    >>> stated_days("Yesterday, on Friday and on Monday; 3 March; 4 July 2024", friday)
    [datetime.date(2025, 10, 30), datetime.date(2025, 10, 31), datetime.date(2024, 7, 4)]
    """
    found: dict[datetime.date, None] = {}
    for date in dates(text, written):
        if None not in date.parts() and _is_certain(text, date, written):
            try:
                found[datetime.date(*(part or 0 for part in date.parts()))] = None
            except ValueError:  # 30 February
                continue
    return list(found)[:MOST_DAYS]


def _is_certain(text: str, date: StatedDate, written: datetime.date | None) -> bool:
    stated = text[date.start : date.end]
    if date.relative:
        if " ".join(stated.lower().split()) in NEAR:
            return True
        around = text[max(0, date.start - SENTENCE) : date.end + SENTENCE]
        shifted = stated[0] in "上下" or text[: date.start].rstrip().lower().endswith(
            ("last", "next")
        )
        return not shifted and not AHEAD.search(around) and _day(date) == written
    has_year = str(date.year) in stated or "年" in stated
    return has_year and (date.year or 0) >= FIRST_YEAR


def _day(date: StatedDate) -> datetime.date:
    return datetime.date(date.year or 1, date.month or 1, date.day or 1)
