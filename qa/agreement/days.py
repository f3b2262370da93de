"""Read dates, and resolve those that depend on the day of their article: "on Friday", "去年".

A part that is not stated, such as the day in "October 2025", stays open; the year of "3 October" is
the one that puts it nearest to the article.
"""

import datetime
import re
from dataclasses import dataclass, replace
from typing import Any

from .numerals import numerals

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_ONE = r"(?:[零〇一二三四五六七八九十]|\d)"
DATE = re.compile(
    rf"""
    (?P<y1>\d{{4}})-(?P<m1>\d\d)-(?P<d1>\d\d)
    | (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH.format("m2")}(?:,?\s(?P<y2>\d{{4}}))?
    | {_MONTH.format("m3")}\s(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s?%)(?:,?\s(?P<y3>\d{{4}}))?
    | {_MONTH.format("m4")}\s(?:of\s)?(?P<y4>\d{{4}})
    | (?P<y5>{_ONE}{{4}})年(?:(?P<m5>{_ONE}{{1,2}})月(?:(?P<d5>{_ONE}{{1,3}})[日号號])?)?
    | (?P<m6>{_ONE}{{1,2}})月(?P<d6>{_ONE}{{1,3}})[日号號]
    | (?P<m7>{_ONE}{{1,2}})月(?:份|(?![内底]))
    | \b(?P<m8>(?-i:January|February|March|April|May|June|July|August|September|October
        |November|December))\b
    | \b(?P<y6>(?:1[5-9]|20)\d\d)\b(?![,.]?\d|\s?(?:%|percent|people))
    | (?P<weekday>\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b
        | (?P<shift>上|下)?(?:周|星期|礼拜)(?P<zh>[一二三四五六日天]))
    | \b(?:yesterday|today|tonight|tomorrow)\b | [前昨今明后][天日] | 昨晚 | 今[早晚]
    | \b(?:last|this|next)\s(?:year|month)\b | [前去今明]年 | [上下]个?月 | 本月
    """,
    re.IGNORECASE | re.VERBOSE,
)
NEAR = {
    "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1,
    "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "今天": 0,
    "今日": 0, "今早": 0, "今晚": 0, "明天": 1, "明日": 1, "后天": 2, "后日": 2,
}  # fmt: skip
YEARS = {
    "last year": -1, "this year": 0, "next year": 1, "前年": -2, "去年": -1, "今年": 0, "明年": 1,
}  # fmt: skip
MONTH_SHIFTS = {
    "last month": -1, "this month": 0, "next month": 1, "上月": -1, "上个月": -1, "本月": 0,
    "下月": 1, "下个月": 1,
}  # fmt: skip
AHEAD = re.compile(
    r"\b(?:will|shall|to be|due|scheduled|plan(?:s|ned)?|expected|next|begins|starts|opens)\b"
    r"|将|定于|预计|计划|即将",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date in a text, as far as it is stated or follows from the article's day."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    relative: bool = False  # to the article's day, which alone tells what it means

    def parts(self) -> tuple[int | None, int | None, int | None]:
        """Return year, month and day; what is not known is None."""
        return self.year, self.month, self.day

    def after(self, day: datetime.date) -> bool:
        """Return whether all that is known of it is later than a day."""
        known = [part for part in self.parts() if part is not None]
        return self.year is not None and known > [day.year, day.month, day.day][: len(known)]

    def isoformat(self) -> str:
        """Return the known parts, such as "2025-10-31", "2025-10" or "2025"."""
        parts = [f"{p:02}" for p in self.parts() if p is not None]
        return "-".join(parts)


def dates(text: str, written: datetime.date | None) -> list[StatedDate]:
    """Return the dates of a text that was written on a day, in order.

    >>> friday = datetime.date(2025, 10, 31)
    >>> [d.isoformat() for d in dates("on 3 November; yesterday; 去年; 1932", friday)]
    ['2025-11-03', '2025-10-30', '2024', '1932']
    """
    found = []
    for match in DATE.finditer(text):
        date = _absolute(match) or _relative(match, written, text)
        if date and written and date.year is None and date.month:
            date = replace(date, year=_nearest_year(date, written))
        if date:
            found.append(date)
    return found


def compatible(one: StatedDate, other: StatedDate) -> bool:
    """Return whether two dates may be the same: no part that both state differs.

    >>> compatible(*dates("3 October 2025 or October 2025", None))
    True
    """
    return all(
        a is None or b is None or a == b for a, b in zip(one.parts(), other.parts(), strict=True)
    )


def _absolute(match: re.Match[str]) -> StatedDate | None:
    values: dict[str, int | None] = dict.fromkeys("ymd")
    for name, text in match.groupdict().items():
        if text and name[1:].isdigit():
            values[name[0]] = _part(text)
    year, month, day = values.values()
    if not (year or month) or not 1 <= (month or 1) <= 12 or not 1 <= (day or 1) <= 31:
        return None
    return StatedDate(match.start(), match.end(), year, month, day)


def _part(text: str) -> int:
    if text[:3].lower() in MONTHS:
        return MONTHS.index(text[:3].lower()) + 1
    return int(numerals(text)[0].value)


def _relative(match: re.Match[str], written: datetime.date | None, text: str) -> StatedDate | None:
    if written is None:
        return None
    place: dict[str, Any] = {"start": match.start(), "end": match.end(), "relative": True}
    word = " ".join(match[0].lower().split())
    if word in NEAR:
        day = written + datetime.timedelta(NEAR[word])
    elif match["weekday"]:
        day = _weekday(match, written, text)
    elif word in YEARS:
        return StatedDate(**place, year=written.year + YEARS[word])
    elif word in MONTH_SHIFTS:
        years, month = divmod(written.month - 1 + MONTH_SHIFTS[word], 12)
        return StatedDate(**place, year=written.year + years, month=month + 1)
    else:
        return None
    return StatedDate(**place, year=day.year, month=day.month, day=day.day)


def _weekday(match: re.Match[str], written: datetime.date, text: str) -> datetime.date:
    """The day meant by a weekday: the last one, or the next if the sentence looks ahead."""
    if match["zh"]:
        weekday = "一二三四五六日".index(match["zh"].replace("天", "日"))
    else:
        weekday = WEEKDAYS.index(match[0][:3].lower())
    if match["shift"]:
        monday = written - datetime.timedelta(written.weekday())
        return monday + datetime.timedelta(weekday + (7 if match["shift"] == "下" else -7))
    back = (written.weekday() - weekday) % 7
    if AHEAD.search(text) and back:
        return written + datetime.timedelta(7 - back)
    return written - datetime.timedelta(back)


def _nearest_year(date: StatedDate, written: datetime.date) -> int:
    months = [(abs(12 * shift + (date.month or 1) - written.month), shift) for shift in (-1, 0, 1)]
    return written.year + min(months)[1]
