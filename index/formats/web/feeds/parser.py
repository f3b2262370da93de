"""Parse feeds with feedparser, in time and memory that grow with the size of the feed.

`feedparser.parse` itself takes time by the square of some feeds: 100 kB with many categories, white
space above the root, or an author in one long word keep it busy for half a minute; its entities
have no bounds, and an error in one entry costs all. So its two parsers are driven from here, with
what takes that time left out or refused. Nothing is fetched: what they get is text, no address.
"""

import contextlib
import html
import io
import xml.sax
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from xml.sax.xmlreader import AttributesNSImpl, InputSource

import feedparser
from feedparser.api import LooseFeedParser, StrictFeedParser

from index.errors import UnreadableError

from .prolog import after_prolog, begins_with_doctype, existing_characters

MAX_ATTRIBUTES = 200  # of an element
MAX_NAMESPACES = 100  # with prefixes that feedparser does not know
MAX_BASE = 2000  # characters of an address that others are relative to


@dataclass(frozen=True)
class Feed:
    """What a feed holds, in feedparser's terms."""

    version: str  # empty if it is none
    head: Any  # a mapping
    entries: list[Any]  # a mapping each
    failures: dict[int, Exception]  # by the position of the entry that could not be parsed
    well_formed: bool


def parse_feed(text: str) -> Feed:
    """Parse the text of a feed; an entry that cannot be parsed is among the failures.

    Raises:
        UnreadableError: It goes beyond the limits outside of its entries.
    """
    root, entities = after_prolog(text)
    declared = "".join(f'<!ENTITY {name} "{value}">' for name, value in entities.items())
    strict = _Strict("", None, "utf-8")
    parser = xml.sax.make_parser()  # noqa: S317 - entities are bounded, none is fetched
    parser.setFeature(xml.sax.handler.feature_namespaces, True)
    parser.setFeature(xml.sax.handler.feature_external_ges, False)
    parser.setContentHandler(strict)
    parser.setErrorHandler(strict)
    source = InputSource()
    doctype = f"<!DOCTYPE feed [{declared}]>" if declared else ""
    source.setByteStream(io.BytesIO((doctype + root).encode(errors="replace")))
    source.setEncoding("utf-8")
    if not begins_with_doctype(root):  # its entities would have no bounds
        with contextlib.suppress(xml.sax.SAXException):
            parser.parse(source)
            return strict.result(well_formed=True)
    plain = {name: html.unescape(value) for name, value in entities.items()}
    loose = _Loose("", None, "utf-8", plain)
    loose.feed(existing_characters(root))
    return loose.result(well_formed=False)


class _Bounded:
    """Overrides methods of feedparser's parsers that take time by the square, or fail."""

    sanitize_html = False
    resolve_relative_uris = False
    depth: int
    inentry: int
    baseuri: str
    entries: list[Any]
    elementstack: list[Any]
    _get_context: Callable[[], Any]

    def result(self, *, well_formed: bool) -> Feed:
        """Return what was parsed."""
        parsed: Any = self
        return Feed(parsed.version, parsed.feeddata, self.entries, self._failures, well_formed)

    @property
    def _failures(self) -> dict[int, Exception]:
        failures: dict[int, Exception] = self.__dict__.setdefault("failures", {})
        return failures

    def _fail(self, error: Exception) -> None:
        """Note that the entry cannot be parsed, and go on after it."""
        self._failures.setdefault(len(self.entries) - 1, error)
        vars(self).update(incontent=0, insource=0, inauthor=0, incontributor=0, svgOK=0)
        vars(self)["contentparams"].clear()

    def _refuse(self, why: str) -> None:
        """Refuse the entry, or the feed if it is outside of an entry."""
        if not self.inentry:
            raise UnreadableError(why)
        self._fail(UnreadableError(why))

    def unknown_starttag(self, tag: str, attrs: list[tuple[str, str]]) -> None:
        base = sum(len(value) for name, value in attrs if name in ("xml:base", "base"))
        if len(attrs) > MAX_ATTRIBUTES:
            self._refuse(f"has an element with over {MAX_ATTRIBUTES} attributes")
            attrs = []
        elif base and base + len(self.baseuri) > MAX_BASE:
            self._refuse(f"has a base address of over {MAX_BASE} characters")
            attrs = []
        try:
            super().unknown_starttag(tag, attrs)  # type: ignore[misc]
        except UnreadableError:
            raise
        except Exception as error:  # malformed entries make feedparser raise almost anything
            self._fail(error)

    def unknown_endtag(self, tag: str) -> None:
        depth = self.depth
        try:
            super().unknown_endtag(tag)  # type: ignore[misc]
        except Exception as error:
            self._fail(error)
            self.depth = depth - 1

    def track_namespace(self, prefix: str | None, uri: str) -> None:
        known: dict[str, str] = vars(self)["namespaces_in_use"]
        if len(known) >= MAX_NAMESPACES and (prefix or "") not in known:
            self._refuse(f"declares over {MAX_NAMESPACES} namespaces")
        else:
            super().track_namespace(prefix, uri)  # type: ignore[misc]

    def pop(self, element: str, strip_whitespace: int = 1) -> Any:
        if self.elementstack and self.elementstack[-1][0] == element:
            pieces = self.elementstack[-1][2]  # feedparser drops blank ones one by one
            first = next((i for i, piece in enumerate(pieces) if piece.strip()), 0)
            self.elementstack[-1][2] = pieces[first:]
        return super().pop(element, strip_whitespace)  # type: ignore[misc]

    def _add_tag(self, *_: object) -> None:
        """Categories are not read; feedparser compares each with all others."""
        self._get_context().setdefault("tags", [])

    def _sync_author_detail(self, key: str = "author") -> None:
        """Note the author's name; feedparser would look for an address from each of its letters."""
        context = self._get_context()
        last = (context.get(f"{key}s") or [{}])[-1]
        if last:
            super()._sync_author_detail(key)  # type: ignore[misc]
        elif context.get(key):
            last["name"] = context[key]


class _Strict(_Bounded, StrictFeedParser):  # type: ignore[misc]
    """For XML that is well-formed."""

    def startElementNS(  # noqa: N802 - a name of SAX
        self, name: Any, qname: Any, attrs: Any
    ) -> None:
        if len(attrs) > MAX_ATTRIBUTES:  # feedparser looks for each among all
            self._refuse(f"has an element with over {MAX_ATTRIBUTES} attributes")
            attrs = AttributesNSImpl({}, {})
        super().startElementNS(name, qname, attrs)


class _Loose(_Bounded, LooseFeedParser):  # type: ignore[misc]
    """For anything else."""


def _no_date(_: str) -> tuple[int, ...]:
    """Keep feedparser from guessing dates, on which it can also fail; `index` parses them."""
    return (1970, 1, 1, 0, 0, 0, 3, 1, 0)


feedparser.registerDateHandler(_no_date)
