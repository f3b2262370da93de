"""Check the metadata that a seed file states; nothing is guessed from the article's text.

Metadata is a mapping of names such as "title", "date" or "url" to values of any type.
"""

import datetime
import json
import re
from collections.abc import Mapping

from index.errors import UnreadableError
from index.text.control import CONTROL

from .dates import parse_day

DATE_IN_NAME = re.compile(r"(?<![0-9])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*")
NO_LANGUAGE = {"", "und", "mul", "mis", "zxx"}  # ISO 639: undetermined, several, none
MAX_PREVIEW = 60  # characters
MAX_NAME = 2_600  # bytes of an id or path: rows of a PostgreSQL index have at most 2,704


def one_line(metadata: Mapping[str, object], key: str) -> str | None:
    """Return the string under `key` with its white space collapsed, or None if there is none.

    A whole number counts as its digits: "title: 2025" is a title.

    Raises:
        UnreadableError: The value is not a string, or holds a lone surrogate.
    """
    value = metadata.get(key)
    if value is None:
        return None
    if type(value) is int:
        value = str(value)
    if not isinstance(value, str):
        raise UnreadableError(f"its '{key}' must be a string, not {preview(value)}")
    check_encodable(value, key)
    return " ".join(CONTROL.sub("", value).split()) or None


def check_encodable(value: str, key: str) -> None:
    r"""Raise UnreadableError for a lone surrogate: "\ud800" is valid JSON and YAML, but no text."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise UnreadableError(f"its '{key}' contains half a character (a lone surrogate)") from None


def too_long(name: str) -> str | None:
    """Say what is wrong with an id or a path that some store could not look up; None if nothing."""
    if (size := len(name.encode(errors="replace"))) <= MAX_NAME:
        return None
    return f"has {size:,} bytes, more than the {MAX_NAME:,} that an index can hold: shorten it"


def parse_author(metadata: Mapping[str, object]) -> str | None:
    """Return the author, or several joined by commas; one may be an object with a "name".

    Raises:
        UnreadableError: The value is anything else.
    """
    value = metadata.get("author")
    people = value if isinstance(value, list) else [value]
    names = [one_line(p if isinstance(p, Mapping) else {"name": p}, "name") for p in people[:100]]
    if any(name is None for name in names) and value not in (None, ""):
        raise UnreadableError(f"its 'author' must be names, not {preview(value)}")
    return ", ".join(filter(None, names)) or None


def parse_language(metadata: Mapping[str, object]) -> str | None:
    """Return the language code in lower case, such as "no" or "zh-tw"; None if none is stated.

    Raises:
        UnreadableError: The value is not a language code.
    """
    code = (one_line(metadata, "language") or "").lower().replace("_", "-")
    if code in NO_LANGUAGE:
        return None
    if not LANGUAGE_CODE.fullmatch(code):
        raise UnreadableError(f"its 'language' must be a code like 'en', not {preview(code)}")
    return code


def parse_date(value: object, language: str | None = None) -> datetime.date | None:
    """Return the day of a date, a datetime or a string that states one; None for None and "".

    Args:
        value: The date; of a tuple of several, the first that is understood counts.
        language: Decides whether the day or the month is first in 3/4/2025.

    Raises:
        UnreadableError: The value is anything else.
    """
    if isinstance(value, tuple):
        return _first_date(value, language)
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if value is None or value == "":
        return None
    day = parse_day(value, language) if isinstance(value, str) else None
    if day is None and type(value) is int and len(str(value)) == len("20251028"):
        day = parse_day(str(value))
    if day is None:
        raise UnreadableError(f"its 'date' must be like 2025-10-28, not {preview(value)}")
    return day


def _first_date(values: tuple[object, ...], language: str | None) -> datetime.date | None:
    failure: UnreadableError | None = None
    for value in values:
        try:
            if day := parse_date(value, language):
                return day
        except UnreadableError as error:
            failure = failure or error
    if failure:
        raise failure
    return None


def date_in_name(*paths: str) -> datetime.date | None:
    """Return the first valid YYYY-MM-DD in the files' own names; folder names do not count."""
    for path in paths:
        for digits in DATE_IN_NAME.findall(path.rpartition("/")[2]):
            try:
                return datetime.date(*map(int, digits))
            except ValueError:
                continue
    return None


def parse_parts(value: object, length: int) -> list[tuple[int, int, str, str | None]]:
    """Return (start, end, kind, title) of each part of a text, in the form of `archive-qa export`.

    Args:
        value: A list of objects with "start", "end", "kind" and, for a teaser, "title", in order
            and without overlap; None for a text that is all body.
        length: The length of the text in code points.

    Raises:
        UnreadableError: The list is malformed or empty, or a part lies outside the text.
    """
    if value is None:
        return [(0, length, "body", None)]
    parts: list[tuple[int, int, str, str | None]] = []
    for part in value if isinstance(value, list) else [value]:
        if not isinstance(part, dict):
            raise UnreadableError(f"its 'parts' must be a list of objects, not {preview(value)}")
        start, end, kind = part.get("start"), part.get("end"), part.get("kind")
        after = parts[-1][1] if parts else 0
        if type(start) is not int or type(end) is not int or not after <= start < end <= length:
            raise UnreadableError(
                f"its 'parts' must be in order, without overlap and within 0 to {length}; "
                f"one runs from {preview(start)} to {preview(end)}, after {after}"
            )
        if kind not in ("title", "body", "teaser"):
            raise UnreadableError(
                f"the 'kind' of a part must be title, body or teaser, not {preview(kind)}"
            )
        parts.append((start, end, str(kind), one_line(part, "title")))
    if not parts:
        raise UnreadableError("its 'parts' must not be an empty list")
    return parts


def preview(value: object) -> str:
    """Return a short form of a value for an error message.

    Lists and objects are only named: YAML can make endless ones.
    """
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= MAX_PREVIEW else f"{text[:MAX_PREVIEW]}…"
