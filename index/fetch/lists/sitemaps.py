"""The pages that a sitemap names, or the sitemaps that an index of sitemaps names."""

from lxml.etree import _Element as Element

from index.formats.xml import local_name

from .entries import SITEMAP, SITEMAP_INDEX, Entry, Listing, entry
from .xml import stream_entries

MAX_ENTRIES = 50_000  # the protocol's own limit
ELSEWHERE = ("image", "video", "link")  # what they hold is not about the page


def read_sitemap(data: bytes) -> Listing:
    """Return what a sitemap names.

    Raises:
        UnfitError: It cannot be parsed, or an entry has no end.
    """
    pages: list[Entry] = []
    lists: list[Entry] = []
    skipped = 0
    for element in stream_entries(data, "url", "sitemap"):
        found = _entry(element)
        if found is None or len(pages) + len(lists) >= MAX_ENTRIES:
            skipped += 1
        else:
            (lists if local_name(element) == "sitemap" else pages).append(found)
    kind = SITEMAP_INDEX if lists else SITEMAP
    return Listing(kind, tuple(pages), tuple(lists), skipped)


def _entry(element: Element) -> Entry | None:
    """The entry that an element states: its <loc>, <lastmod> and, in news, <publication_date>."""
    texts: dict[str, str] = {}
    for child in element.iter():
        parent = child.getparent()
        inside = parent is not None and local_name(parent) in ELSEWHERE
        if not inside and isinstance(child.text, str):
            texts.setdefault(local_name(child), child.text)
    if not texts.get("loc", "").strip():
        return None
    return entry(texts["loc"], texts.get("publication_date", ""), texts.get("lastmod", ""))
