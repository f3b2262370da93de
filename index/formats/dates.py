"""Parse a date that a seed file states; a part that is not stated is never filled in.

A date counts if its day, its month and a year of four digits are all there. Which of two small
numbers is the day follows from the language; where that does not decide, the date is not
understood. The day is that of the stated time zone.
"""

import datetime
import re
import unicodedata

FIRST_YEAR, LAST_YEAR = 1500, 2199  # others are errors, such as year 1, or of another calendar
# languages in which 3/4/2025 is in April; not English, whose writers disagree
DAY_FIRST = {
    "af", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "es", "et", "fi", "fr",
    "ga", "gl", "he", "hi", "hr", "hy", "id", "is", "it", "ka", "kk", "lb", "mk", "ms", "mt", "nb",
    "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "ta", "th", "tr", "uk", "ur",
    "uz", "vi",
}  # fmt: skip
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ENGLISH_MONTH = re.compile(
    r"\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?",
    re.IGNORECASE,
)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY = re.compile(
    r"\b(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?", re.IGNORECASE
)
ENGLISH_FILL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b|\b(?:of|the|on|at)\b|[,]", re.IGNORECASE)
CLOCK = re.compile(
    r"(?<![\d:])\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?![\d:])\s*(?:[ap]\.?\s?m\b\.?)?"
    r"|\d{1,2}\s*(?:時|时|點|点|시)(?:\s*\d{1,2}\s*(?:分|분))?(?:\s*\d{1,2}\s*(?:秒|초))?"
    r"|(?<=\d{4})\s+(?:kl\.?\s*|um\s+)?\d{1,2}[.h]\d{2}(?:\s*uhr)?$",
    re.IGNORECASE,
)
ZONE = re.compile(
    r"(?:\b(?:GMT|UTC)|(?<=\s)|(?<=:\d\d))[+-]\d{2}:?\d{2}(?!\S)|\([A-Za-z ]{1,40}\)$"
    r"|\b(?:GMT|UTC|UT|Z|[ECMP][SD]T|CES?T|JST|KST|MSK|BST)\b"
)
EAST_ASIAN = re.compile(
    r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号號]?(?P<rest>.*)"
)
YEAR_FIRST = re.compile(r"(\d{4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)\.?(?P<rest>.*)")
YEAR_LAST = re.compile(
    r"(?:\D*[\s,(])?(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)(?P<rest>.*)"
)
NUMBERS = re.compile(r"\d+")


def parse_day(text: str, language: str | None = None) -> datetime.date | None:
    """Return the day that `text` states, or None if it is not understood.

    >>> parse_day("2025年10月28日 10:00"), parse_day("Tue, 28 Oct 2025 23:30:00 -0500")
    (datetime.date(2025, 10, 28), datetime.date(2025, 10, 28))
    >>> parse_day("3/4/2025", "de"), parse_day("3/4/2025", "en"), parse_day("2025-10")
    (datetime.date(2025, 4, 3), None, None)
    """
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    if len(text) > 100:
        return None
    try:
        day = _iso(text) or _written(text, language)
    except (ValueError, OverflowError):
        return None
    return day if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _iso(text: str) -> datetime.date | None:
    if text.isdigit() and len(text) != 8:  # seconds since 1970 look like a date and a time
        return None
    try:
        return datetime.datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _written(text: str, language: str | None) -> datetime.date | None:
    """A date in numbers or words; a time, a time zone and a weekday beside it do not matter."""
    text = " ".join(CLOCK.sub(" ", ZONE.sub(" ", text)).split()).strip(" ,")
    if found := EAST_ASIAN.fullmatch(text):
        return _only(found, datetime.date(int(found[1]), int(found[2]), int(found[3])))
    if found := YEAR_FIRST.fullmatch(text):
        return _only(found, datetime.date(int(found[1]), int(found[3]), int(found[4])))
    if found := YEAR_LAST.fullmatch(text):
        return _only(found, _year_last(int(found[1]), int(found[3]), int(found[4]), language))
    if ENGLISH_MONTH.search(text) and (day := _english(text)):
        return day
    return _in_words(text, language)


def _only(found: re.Match[str], day: datetime.date | None) -> datetime.date | None:
    """The day, unless further numbers stand behind it."""
    return None if NUMBERS.search(found["rest"]) else day


def _year_last(first: int, second: int, year: int, language: str | None) -> datetime.date | None:
    if second > 12 or first == second:
        return datetime.date(year, first, second)
    base = (language or "").lower().replace("_", "-").partition("-")[0]
    if first > 12 or base in DAY_FIRST:
        return datetime.date(year, second, first)
    return None


def _english(text: str) -> datetime.date | None:
    """28 October 2025, Oct 28th, 2025 and the like; a year of two digits needs its weekday."""
    months, weekday = ENGLISH_MONTH.findall(text), WEEKDAY.search(text)
    rest = ENGLISH_FILL.sub(" ", WEEKDAY.sub(" ", ENGLISH_MONTH.sub(" ", text, count=1), count=1))
    numbers = re.sub(r"[-/.]", " ", rest).split()
    if len(numbers) != 2 or not all(number.isdigit() for number in numbers):
        return None
    month = MONTHS.index(months[0][:3].lower()) + 1
    day, year = sorted(numbers, key=len) if len(numbers[0]) == 4 else numbers
    if len(year) == 4 and len(day) <= 2:
        return datetime.date(int(year), month, int(day))
    if len(year) == 2 and weekday:  # RFC 822
        stated = datetime.date(int(year) + (2000 if int(year) < 50 else 1900), month, int(day))
        return stated if WEEKDAYS[stated.weekday()] == weekday[1][:3].lower() else None
    return None


def _in_words(text: str, language: str | None) -> datetime.date | None:
    """A date with the name of a month in the given language."""
    numbers = sorted(NUMBERS.findall(text), key=len)
    if not language or list(map(len, numbers)) not in ([1, 4], [2, 4]):
        return None
    import dateparser

    base = language.lower().replace("_", "-").partition("-")[0]
    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True}
    parsed = dateparser.parse(text, languages=["nb" if base == "no" else base], settings=settings)
    if parsed is None or [parsed.day, parsed.year] != list(map(int, numbers)):
        return None
    return parsed.date()
