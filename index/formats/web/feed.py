"""Read a feed (RSS or Atom, whichever its content is): one draft per entry.

An entry is identified by the id that the feed gives it, so that new entries above it do not
change it. Nothing is fetched.
"""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax import SAXException

from index.errors import UnreadableError
from index.formats.seed_file import Draft, Refused, Seed

from .html import from_fragment

END_TAG = re.compile(rb"</\s*(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
ENTRY = re.compile(rb"<((?:\w+:)?(?:item|entry))\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
TAIL = 4096  # bytes: a whole feed has its end tag within the last of these


def read_feed(seed: Seed) -> Iterator[Draft | Refused]:
    """Yield the entries; refuse those that cannot be read, and a feed in part if it is cut short.

    Raises:
        UnreadableError: It is not a feed.
    """
    data = seed.read()
    try:
        feed = _parse(data)
        entries = list(feed.entries)
    except Exception:  # malformed entries make feedparser raise almost anything
        feed, entries = _parse(ENTRY.sub(b"", data)), [*_entries_alone(data)]
    if not feed.version:
        raise UnreadableError("is not a feed: the only XML that is read is RSS and Atom")
    truncated = isinstance(feed.get("bozo_exception"), SAXException) and not END_TAG.search(
        data[-TAIL:].replace(b"\0", b"")  # the NUL bytes of UTF-16
    )
    if truncated and entries:
        entries.pop()
    for number, entry in enumerate(entries, start=1):
        yield _draft(seed.place, number, entry, feed.feed)
    if truncated:
        yield Refused(seed.place, "is cut short: its last entry is not read")


def _parse(data: bytes) -> Any:
    import feedparser

    if _no_date not in feedparser.datetimes._date_handlers:
        feedparser.registerDateHandler(_no_date)
    # as a stream: feedparser would take a string for an address and fetch it
    return feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)


def _no_date(_: str) -> tuple[int, ...]:
    """Keep feedparser from guessing dates, on which it can also fail; they are parsed here."""
    return (1970, 1, 1, 0, 0, 0, 3, 1, 0)


def _entries_alone(data: bytes) -> Iterator[Any]:
    """Parse each entry of a feed by itself; an error stands for an entry that cannot be parsed."""
    found = [*ENTRY.finditer(data)]
    if not found:
        raise UnreadableError("is not a feed that can be parsed")
    head, foot = data[: found[0].start()], data[found[-1].end() :]
    for entry in found:
        try:
            yield from _parse(head + entry[0] + foot).entries
        except Exception as error:
            yield error


def _draft(place: str, number: int, entry: Any, feed: Mapping[str, Any]) -> Draft | Refused:
    if isinstance(entry, Exception):
        return Refused.because(f"{place}#{number}", entry)
    name = " ".join(str(entry.get("id") or entry.get("link") or number).split())
    place = f"{place}#{name}"
    try:
        text = _text(entry)
        metadata = _metadata(entry, feed)
    except Exception as error:
        return Refused.because(place, error)
    return Draft(place, text, metadata) if text else Refused(place, "has neither text nor title")


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


def _metadata(entry: dict[str, Any], feed: Mapping[str, Any]) -> Mapping[str, object]:
    contents = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    language = next((c["language"] for c in contents if c.get("language")), None)
    return {
        "title": _title(entry),
        "author": entry.get("author"),
        "url": entry.get("link"),
        "date": _dates(entry),
        "language": str(language or feed.get("language") or "").split("-")[0],
    }


def _dates(entry: dict[str, Any]) -> tuple[str, ...]:
    """The dates as they are stated, publication first; feedparser's own access would mix them."""
    stated = (dict.get(entry, key) for key in ("published", "updated"))
    return tuple(str(date).strip() for date in stated if date)
