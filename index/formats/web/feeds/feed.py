"""Read a feed (RSS or Atom, whichever its content is): one draft per entry.

An entry is identified by the id that the feed gives it, so that new entries above it do not
change it. Nothing is fetched.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from index.errors import UnreadableError
from index.formats.decoding import decode_bytes
from index.formats.seed_file import Draft, Omitted, Refused, Seed
from index.formats.web.html import from_fragment

END_TAG = re.compile(r"</\s*(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
MAX_AUTHORS = 50  # of one entry
TAIL = 4096  # characters: a whole feed has its end tag within the last of these


def read_feed(seed: Seed) -> Iterator[Draft | Omitted | Refused]:
    """Yield the entries; refuse those that cannot be read, and a feed in part if it is cut short.

    Raises:
        UnreadableError: It is not a feed.
    """
    from .parser import parse_feed

    decoded = decode_bytes(seed.read(), markup=True)
    feed = parse_feed(decoded.text)
    if not feed.version:
        raise UnreadableError("is not a feed: the only XML that is read is RSS and Atom")
    entries: list[Any] = [feed.failures.get(i, entry) for i, entry in enumerate(feed.entries)]
    truncated = not (feed.well_formed or END_TAG.search(decoded.text[-TAIL:]))
    if truncated and entries:
        entries.pop()
    for number, entry in enumerate(entries, start=1):
        draft = _draft(seed.place, number, entry, feed.head)
        yield draft
        if decoded.doubt and isinstance(draft, Draft):
            yield Omitted(draft.place, decoded.doubt)
    if truncated:
        yield Refused(seed.place, "is cut short: its last entry is not read")


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
    return title if detail.get("type") == "text/plain" else from_fragment(title)


def _metadata(entry: dict[str, Any], feed: Mapping[str, Any]) -> Mapping[str, object]:
    contents = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    language = next((c["language"] for c in contents if c.get("language")), None)
    return {
        "title": _title(entry),
        "author": _authors(entry),
        "url": entry.get("link"),
        "date": _dates(entry),
        "language": str(language or feed.get("language") or "").split("-")[0],
    }


def _authors(entry: Mapping[str, Any]) -> str | None:
    """All authors of an entry; one that is stated in two forms counts once."""
    stated = [author.get("name") for author in entry.get("authors", ())[:MAX_AUTHORS]]
    names = [*dict.fromkeys(filter(None, stated))]
    names = [name for name in names if not any(name in other for other in names if name != other)]
    return ", ".join(names) if len(names) > 1 else entry.get("author")


def _dates(entry: dict[str, Any]) -> tuple[str, ...]:
    """The dates as they are stated, publication first; feedparser's own access would mix them."""
    stated = (dict.get(entry, key) for key in ("published", "updated"))
    return tuple(str(date).strip() for date in stated if date)
