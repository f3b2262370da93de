"""A citation as a CSL-JSON item: the one description that all formats are made from.

Says only what is known. The archive does not know which newspaper an article is from, nor which
part of an author's name is the surname: the name is given whole.
"""

import re
from typing import Any

from qa.answers.citing import Citation, source_name

Item = dict[str, Any]

# Characters that no reference may hold: controls, and those that reorder the text around them
INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
WEB = re.compile(r"https?://[!-~]{1,2000}")  # no other kind of address can be followed safely
MAX_FIELD = 2000  # characters of a title, name or quotation


def csl_item(citation: Citation) -> Item:
    """Return a citation as an item of CSL-JSON: texts on one line, without control characters.

    "page" is the page on which the cited text starts, "dimensions" the time, as in "0:01:05".
    """
    page, seconds = _location(citation)
    fields = {
        "id": _key(citation),
        "type": "article-newspaper",
        "title": _line(citation.title or source_name(citation)),
        "author": [{"literal": name}] if (name := _line(citation.author or "")) else None,
        "issued": _date(citation),
        "language": _line(citation.language or ""),
        "page": page,
        "dimensions": seconds,
        "URL": url if WEB.fullmatch(url := citation.url or "") else None,
        "archive_location": _line(source_name(citation)),
        "note": f"“{_line(citation.text)}”",
    }
    return {name: value for name, value in fields.items() if value}


def _key(citation: Citation) -> str:
    """Return a name for the reference that is the same for the same cited text."""
    year = citation.date.year if citation.date else "nd"
    return f"archive-{year}-{citation.digest[:12] or 'unknown'}-{citation.start}"


def _date(citation: Citation) -> Item | None:
    day = citation.date
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None


def _location(citation: Citation) -> tuple[str, str]:
    """Return the page and the time at which the cited text starts, "" where it has none."""
    location = citation.location
    page = "" if location is None or location.page is None else str(location.page)
    if location is None or location.seconds is None:
        return page, ""
    minutes, seconds = divmod(int(location.seconds), 60)
    return page, f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _line(text: str) -> str:
    line = " ".join(INVISIBLE.sub(" ", text[: 2 * MAX_FIELD]).split())
    return line if len(line) <= MAX_FIELD else f"{line[: MAX_FIELD - 1]}…"
