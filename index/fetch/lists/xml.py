"""Entries of XML that nobody vouches for: no entity is expanded, nothing fetched.

XML that is not well-formed is read as far as it can be understood. Feedparser reads more kinds of
feeds, but some of 100 kB keep it busy for seconds, and of 10 MB for hours; here the time grows with
the size.
"""

import io
from collections.abc import Iterator

import lxml.etree
from lxml.etree import _Element as Element

from index.errors import first_line
from index.fetch.failures import UnfitError
from index.formats.xml import local_name

MAX_HELD = 20_000  # elements of one entry; a sitemap may name 1,000 pictures in one


def entries_of(data: bytes, *names: str) -> list[Element]:
    """Return the elements of these names, whatever their namespaces.

    Raises:
        UnfitError: It cannot be parsed.
    """
    parser = lxml.etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        root = lxml.etree.fromstring(data, parser)
    except lxml.etree.LxmlError as error:
        raise _failure(error) from None
    found = root.iter() if root is not None else ()
    return [element for element in found if local_name(element).lower() in names]


def stream_entries(data: bytes, *names: str) -> Iterator[Element]:
    """Yield the elements of these names, and drop each from memory afterwards.

    Raises:
        UnfitError: It cannot be parsed, or an entry has no end.
    """
    held = 0
    try:
        for _, element in lxml.etree.iterparse(
            io.BytesIO(data), recover=True, resolve_entities=False, no_network=True, load_dtd=False
        ):
            held += 1
            if held > MAX_HELD:
                raise UnfitError("is a list with an entry that does not end")
            if local_name(element).lower() in names:
                held = 0
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except lxml.etree.LxmlError as error:
        raise _failure(error) from None


def _failure(error: Exception) -> UnfitError:
    return UnfitError(f"is a list that cannot be parsed ({first_line(error)})")
