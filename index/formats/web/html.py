"""Read a web page (.html): its main text as plain paragraphs, and the metadata it states.

`from_fragment` converts pieces of HTML that are all text, such as a feed's or a mail's.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

import lxml.etree
import lxml.html

from index.errors import UnreadableError
from index.formats.decoding import decode
from index.formats.seed_file import Draft, Seed
from index.text.control import CONTROL

METADATA = ("title", "language", "url", "author")
PUBLISHED = {
    "article:published_time", "og:published_time", "datepublished", "date", "pubdate",
    "publishdate", "publish_date", "publication_date", "parsely-pub-date", "sailthru.date",
    "citation_publication_date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued",
}  # fmt: skip
BLOCKS = (
    "p", "div", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl",
    "dt", "dd", "table", "tr", "blockquote", "pre", "figure", "figcaption", "hr", "header",
    "footer",
)  # fmt: skip
JSON_LD_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')

Page = tuple[str, Mapping[str, object]]  # text and metadata


def read_html(seed: Seed) -> Iterator[Draft]:
    """Yield the page as one draft."""
    yield Draft(seed.place, *from_html(decode(seed.read())))


def from_html(text: str) -> Page:
    """Return the main text of a web page, and its metadata.

    Raises:
        UnreadableError: No main text is recognised.
    """
    import trafilatura

    page = trafilatura.bare_extraction(text, include_comments=False, with_metadata=True)
    if not isinstance(page, trafilatura.settings.Document) or not page.text:
        raise UnreadableError("no article text was found in this page")
    metadata = {key: getattr(page, key) for key in METADATA}
    # not trafilatura's date, which may come from a sentence of the page
    return page.text.replace("\n", "\n\n"), {**metadata, "date": _date_published(text)}


def from_fragment(text: str) -> str:
    r"""Return all words of a piece of HTML; none of it counts as page furniture.

    >>> from_fragment("<p>Nine <b>ships</b>,<br>at last.</p>and fog &amp; rain")
    'Nine ships,\nat last.\n\nand fog & rain'

    Raises:
        UnreadableError: The HTML cannot be parsed.
    """
    try:
        root = lxml.html.fragment_fromstring(CONTROL.sub("", text), create_parent="div")
    except (lxml.etree.LxmlError, ValueError):
        raise UnreadableError("its HTML cannot be parsed") from None
    for invisible in list(root.iter("script", "style", lxml.etree.Comment)):
        invisible.drop_tree()
    for element in root.iter("br", *BLOCKS):
        gap = "\n" if element.tag == "br" else "\n\n"
        element.text = gap * (element.tag != "br") + (element.text or "")
        element.tail = gap + (element.tail or "")
    words = re.sub(r"[^\S\n]*\n[^\S\n]*", "\n", root.text_content())
    return re.sub(r"\n{3,}", "\n\n", words).strip()


def _date_published(page: str) -> datetime.date | None:
    """The first publication day that the page's metadata gives in ISO 8601."""
    parser = _DateParser()
    parser.feed(page)
    for date in parser.dates:
        try:
            return datetime.datetime.fromisoformat(date.strip()).date()
        except ValueError:
            continue
    return None


class _DateParser(HTMLParser):
    """Collect the publication dates in <meta>, <time itemprop> and JSON-LD."""

    def __init__(self) -> None:
        super().__init__()
        self.dates: list[str] = []
        self._in_json_ld = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self._in_json_ld = tag == "script" and attributes.get("type") == "application/ld+json"
        names = {attributes.get(key, "").lower() for key in ("name", "property", "itemprop")}
        if names & PUBLISHED:
            self.dates.append(attributes.get("content") or attributes.get("datetime") or "")

    def handle_data(self, data: str) -> None:
        if self._in_json_ld:
            self.dates += JSON_LD_DATE.findall(data)
