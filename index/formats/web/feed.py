"""Read a feed (RSS or Atom, whichever its content is): one draft per entry.

An entry is identified by the id that the feed gives it, so that new entries above it do not
change it. Nothing is fetched.
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

END_TAG = re.compile(rb"</\s*(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
TAIL = 4096  # bytes: a whole feed has its end tag within the last of these


def read_feed(seed: Seed) -> Iterator[Draft | Refused]:
    """Yield the entries, and refuse the feed in part if it is cut short.

    Raises:
        UnreadableError: It is not a feed.
    """
    import feedparser

    data = seed.read()
    # as a stream: feedparser would take a string for an address and fetch it
    feed = feedparser.parse(io.BytesIO(data))
    if not feed.version:
        raise UnreadableError("is not a feed: the only XML that is read is RSS and Atom")
    entries = list(feed.entries)
    truncated = isinstance(feed.get("bozo_exception"), SAXException) and not END_TAG.search(
        data[-TAIL:].replace(b"\0", b"")  # the NUL bytes of UTF-16
    )
    if truncated and entries:
        entries.pop()
    for number, entry in enumerate(entries, start=1):
        name = " ".join(str(entry.get("id") or entry.get("link") or number).split())
        place = f"{seed.place}#{name}"
        text = _text(entry)
        if text:
            yield Draft(place, text, _metadata(entry, feed.feed))
        else:
            yield Refused(place, "has neither text nor title")
    if truncated:
        yield Refused(seed.place, "is cut short: its last entry is not read")


def _text(entry: Mapping[str, Any]) -> str:
    """The longest text of an entry; of an entry that is only a headline, the headline."""
    contents = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    texts = [
        content["value"] if content.get("type") == "text/plain" else from_fragment(content["value"])
        for content in contents
        if content.get("value")
    ]
    return (max(texts, key=len, default="") or _title(entry) or "").strip()


def _title(entry: Mapping[str, Any]) -> str | None:
    detail = entry.get("title_detail") or {}
    title = str(detail.get("value") or "")
    return from_fragment(title) if detail.get("type") == "text/html" else title


def _metadata(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> Mapping[str, object]:
    contents = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    language = next((c["language"] for c in contents if c.get("language")), None)
    return {
        "title": _title(entry),
        "author": entry.get("author"),
        "url": entry.get("link"),
        "date": _date(entry),
        "language": str(language or feed.get("language") or "").split("-")[0],
    }


def _date(entry: Mapping[str, Any]) -> datetime.date | None:
    """The day of publication in the publisher's time zone; in UTC if only feedparser parses it."""
    for key in ("published", "updated"):
        for parse in (datetime.datetime.fromisoformat, parsedate_to_datetime):
            try:
                return parse(str(entry[key]).strip()).date()
            except (KeyError, ValueError):
                continue
        if parsed := entry.get(f"{key}_parsed"):
            return datetime.date(*parsed[:3])
    return None
