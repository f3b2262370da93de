"""The pages that a feed names: RSS, Atom or JSON Feed."""

import json
from collections.abc import Iterator, Mapping

from lxml.etree import _Element as Element

from index.fetch.failures import UnfitError
from index.formats.limits import MAX_ARTICLE
from index.formats.xml import local_name

from .entries import FEED, Entry, Listing, entry
from .xml import entries_of

MAX_ENTRIES = 50_000  # as in a sitemap
MAX_TAGS = 2_000_000  # which take 300 MB of memory
DATES = (("pubdate", "published", "issued", "date"), ("updated", "modified"))  # published, changed


def read_feed(data: bytes) -> Listing:
    """Return the pages of an RSS or Atom feed.

    Raises:
        UnfitError: It is too large or cannot be parsed.
    """
    if len(data) > MAX_ARTICLE or data.count(b"<") > MAX_TAGS:
        raise UnfitError(f"is a feed of over {MAX_ARTICLE // 1_000_000} MB or {MAX_TAGS:,} tags")
    elements = entries_of(data, "item", "entry")
    return _listing([*map(_of_feed, elements[:MAX_ENTRIES])], len(elements))


def read_json_feed(data: bytes) -> Listing:
    """Return the pages of a JSON Feed.

    Raises:
        UnfitError: It is no JSON Feed.
    """
    try:
        feed = json.loads(data[: MAX_ARTICLE + 1])
        items = feed["items"] if "jsonfeed.org" in feed["version"] else None
    except (ValueError, KeyError, TypeError, RecursionError):
        items = None
    if not isinstance(items, list):
        raise UnfitError("is JSON, but not a JSON Feed")
    return _listing([_of_json(item) for item in items[:MAX_ENTRIES]], len(items))


def _listing(entries: list[Entry | None], count: int) -> Listing:
    pages = tuple(found for found in entries if found and found.url)
    return Listing(FEED, pages, skipped=count - len(pages))


def _of_feed(element: Element) -> Entry:
    """Read an <item> or <entry>; of several elements of a name the first that says something."""
    texts: dict[str, str] = {}
    for child in element:
        name, text = local_name(child).lower(), (child.text or "").strip()
        if name == "link" and child.get("href"):  # of Atom; others are comments, sounds ...
            is_page = child.get("rel", "alternate") == "alternate"
            text = (child.get("href") or "") if is_page else ""
        elif name == "guid" and child.get("ispermalink", child.get("isPermaLink")) == "false":
            text = ""
        if text:
            texts.setdefault(name, text)
    # a service that counts clicks may name its own address as the link
    url = texts.get("origlink") or texts.get("link") or texts.get("guid", "")
    return entry(url, *(next(filter(None, map(texts.get, names)), "") for names in DATES))


def _of_json(item: object) -> Entry | None:
    if not isinstance(item, Mapping):
        return None
    return entry(*_texts(item, "url", "date_published", "date_modified"))


def _texts(item: Mapping[str, object], *names: str) -> Iterator[str]:
    for name in names:
        value = item.get(name)
        yield value if isinstance(value, str) else ""
