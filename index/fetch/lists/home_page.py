"""The feeds that a web page names as its own: <link rel="alternate" type="application/rss+xml">."""

from urllib.parse import urljoin

import lxml.etree
import lxml.html

from index.fetch.failures import UnfitError

from .entries import HOME_PAGE, Entry, Listing

MAX_FEEDS = 20
MAX_HEAD = 2_000_000  # bytes of a page; its feeds are named at its beginning
FEED_TYPES = {
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
}  # fmt: skip


def read_home_page(data: bytes) -> Listing:
    """Return the feeds that a page names, each once.

    Raises:
        UnfitError: It is no page.
    """
    try:
        tree = lxml.html.document_fromstring(data[:MAX_HEAD])
        base = next((link.get("href") or "" for link in tree.iter("base")), "")
        feeds = [
            urljoin(base, (link.get("href") or "").strip())
            for link in tree.iter("link")
            if "alternate" in (link.get("rel") or "").lower().split()
            and (link.get("type") or "").partition(";")[0].strip().lower() in FEED_TYPES
        ]
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        raise UnfitError("is neither a feed, a sitemap nor a web page") from None
    named = [feed for feed in dict.fromkeys(feeds) if feed]
    lists = tuple(Entry(feed) for feed in named[:MAX_FEEDS])
    return Listing(HOME_PAGE, (), lists, len(named) - len(lists))
