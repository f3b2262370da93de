"""A feed (RSS or Atom, known by its content) -> one draft for each of its entries.

An entry is known by the id that the feed gives it, so that new entries above it change nothing.
"""

import datetime
import io
import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any
from xml.sax import SAXException

from index.errors import UnreadableError
from index.formats.seed_file import Draft, Refused, Seed

from .html import from_fragment

END = re.compile(rb"</\s*(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
TAIL = 4096  # bytes in which a whole feed has its end tag


def read_feed(seed: Seed) -> Iterator[Draft | Refused]:
    import feedparser

    data = seed.load()
    # as a stream: a text would be taken for an address, and fetched
    feed = feedparser.parse(io.BytesIO(data))
    if not feed.version:
        raise UnreadableError("is no feed: of XML only RSS and Atom are read")
    entries = list(feed.entries)
    cut = isinstance(feed.get("bozo_exception"), SAXException) and not END.search(
        data[-TAIL:].replace(b"\0", b"")  # of UTF-16
    )
    if cut and entries:
        entries.pop()
    for number, entry in enumerate(entries, start=1):
        name = " ".join(str(entry.get("id") or entry.get("link") or number).split())
        place = f"{seed.place}#{name}"
        text = _text(entry)
        if text:
            yield Draft(place, text, _about(entry, feed.feed))
        else:
            yield Refused(place, "holds neither text nor title")
    if cut:
        yield Refused(seed.place, "is cut short: only the entries before its last are read")


def _text(entry: Mapping[str, Any]) -> str:
    """The fullest text there is; of an entry that is only a headline, the headline."""
    pieces = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    texts = [
        piece["value"] if piece.get("type") == "text/plain" else from_fragment(piece["value"])
        for piece in pieces
        if piece.get("value")
    ]
    return (max(texts, key=len, default="") or _title(entry) or "").strip()


def _title(entry: Mapping[str, Any]) -> str | None:
    about = entry.get("title_detail") or {}
    title = str(about.get("value") or "")
    return from_fragment(title) if about.get("type") == "text/html" else title


def _about(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> Mapping[str, object]:
    details = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    stated = next((d["language"] for d in details if d.get("language")), None)
    return {
        "title": _title(entry),
        "author": entry.get("author"),
        "url": entry.get("link"),
        "date": _day(entry),
        "language": str(stated or feed.get("language") or "").split("-")[0],
    }


def _day(entry: Mapping[str, Any]) -> datetime.date | None:
    """The day of publication where it was published; in UTC if only feedparser understands it."""
    for key in ("published", "updated"):
        for parse in (datetime.datetime.fromisoformat, parsedate_to_datetime):
            try:
                return parse(str(entry[key]).strip()).date()
            except (KeyError, ValueError):
                continue
        if parsed := entry.get(f"{key}_parsed"):
            return datetime.date(*parsed[:3])
    return None
