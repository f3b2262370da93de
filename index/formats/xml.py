"""Parse XML that nobody vouches for: no entity is expanded, and nothing outside is read."""

import lxml.etree
from lxml.etree import _Element as Element

from index.errors import UnreadableError, first_line


def parse_xml(data: bytes) -> Element:
    """Return the root element.

    Raises:
        UnreadableError: It is not well-formed XML.
    """
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return lxml.etree.fromstring(data, parser)
    except lxml.etree.XMLSyntaxError as error:
        raise UnreadableError(f"holds XML that cannot be parsed ({first_line(error)})") from None


def local_name(element: Element) -> str:
    """The name of an element without its namespace; "" for a comment or the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """The value of an attribute in whatever namespace."""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), None)
