"""Values that a seed file states of itself: checked, and never guessed from the article's text."""

import datetime
import json
import re
from collections.abc import Mapping

from index.errors import UnreadableError
from index.text.control import CONTROL

DATE_IN_NAME = re.compile(r"(?<![0-9])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")


def word(about: Mapping[str, object], key: str) -> str | None:
    """The text under `key` as one line, or None if there is none."""
    value = about.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise UnreadableError(f"its '{key}' must be a text, not {shown(value)}")
    check_encodable(value, key)
    return " ".join(CONTROL.sub("", value).split()) or None


def check_encodable(value: str, key: str) -> None:
    r"""Refuse half a character: "\ud800" may stand in JSON and YAML, but it is no text."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise UnreadableError(f"its '{key}' holds half a character (a lone surrogate)") from None


def date(value: object) -> datetime.date | None:
    """A date given as metadata: a date, or an ISO 8601 text that begins with one."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if value is None or value == "":
        return None
    try:
        return datetime.datetime.fromisoformat(str(value).strip()).date()
    except (ValueError, RecursionError):
        raise UnreadableError(f"its 'date' must be like 2025-10-28, not {shown(value)}") from None


def date_in_name(*paths: str) -> datetime.date | None:
    """The first YYYY-MM-DD in the files' own names that is a day of the calendar."""
    for path in paths:
        for digits in DATE_IN_NAME.findall(path.rpartition("/")[2]):
            try:
                return datetime.date(*map(int, digits))
            except ValueError:
                continue
    return None


def parts(value: object, length: int) -> list[tuple[int, int, str, str | None]]:
    """Where title, body and teasers stand in a text of `length`, as `archive-qa export` says it.

    Each is an object with "start", "end", "kind" and for a teaser "title"; they do not overlap.
    """
    if value is None:
        return [(0, length, "body", None)]
    found: list[tuple[int, int, str, str | None]] = []
    for part in value if isinstance(value, list) else [value]:
        if not isinstance(part, dict):
            raise UnreadableError(f"its 'parts' must be a list of objects, not {shown(value)}")
        start, end, kind = part.get("start"), part.get("end"), part.get("kind")
        after = found[-1][1] if found else 0
        if type(start) is not int or type(end) is not int or not after <= start < end <= length:
            raise UnreadableError(
                f"its 'parts' must follow each other from 0 to {length}, and one is from "
                f"{shown(start)} to {shown(end)} after {after}"
            )
        if kind not in ("title", "body", "teaser"):
            raise UnreadableError(
                f"the 'kind' of a part must be title, body or teaser, not {shown(kind)}"
            )
        found.append((start, end, str(kind), word(part, "title")))
    if not found:
        raise UnreadableError("its 'parts' must be a list of objects, not an empty one")
    return found


def shown(value: object) -> str:
    """A value for a message; a list is only named: YAML can make one endless."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:60]}…"
