"""Tell what kind of list some bytes are, whatever they are called, and read it."""

import re

from index.fetch.failures import UnfitError
from index.formats.web.content_encoding import decode_content

from .entries import Listing
from .feeds import read_feed, read_json_feed
from .home_page import read_home_page
from .sitemaps import read_sitemap

MAX_LIST = 50_000_000  # bytes of a sitemap once it is unpacked, the protocol's own limit
HEAD = 4096  # bytes in which the first element begins
COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
ELEMENT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z]+)")


def read_list(data: bytes) -> Listing:
    """Return what a feed, a sitemap or a home page names.

    Raises:
        UnfitError: It is none of these, or too large.
    """
    if data.startswith(b"\x1f\x8b"):  # .xml.gz
        try:
            data = decode_content(data, "gzip", MAX_LIST)
        except Exception as error:  # zlib has its own
            raise UnfitError(f"is a packed list that cannot be unpacked ({error})") from None
    if len(data) > MAX_LIST:
        raise UnfitError(f"is a list of over {MAX_LIST // 1_000_000} MB")
    head = data[:HEAD].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip()  # or UTF-16
    if head.startswith(b"{"):
        return read_json_feed(data)
    first = ELEMENT.search(COMMENT.sub(b"", head))
    name = first[1].lower() if first else b""
    if name in (b"urlset", b"sitemapindex"):
        return read_sitemap(data)
    if name in (b"rss", b"feed", b"rdf"):
        return read_feed(data)
    if name:
        return read_home_page(data)
    raise UnfitError("is neither a feed, a sitemap nor a web page")
