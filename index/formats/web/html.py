"""HTML -> plain paragraphs, separated by blank lines, and the metadata they state."""

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

STATED = ("title", "language", "url", "author")
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
LINKED_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')

Page = tuple[str, Mapping[str, object]]  # the text, and what it states of itself


def read_html(seed: Seed) -> Iterator[Draft]:
    yield Draft(seed.place, *from_html(decode(seed.load())))


def from_html(text: str) -> Page:
    """The main text of a web page, and its metadata."""
    import trafilatura

    page = trafilatura.bare_extraction(text, include_comments=False, with_metadata=True)
    if not isinstance(page, trafilatura.settings.Document) or not page.text:
        raise UnreadableError("no article text was found in this page")
    about = {key: getattr(page, key) for key in STATED}
    # trafilatura's date may come from a sentence of the page
    return page.text.replace("\n", "\n\n"), {**about, "date": _stated_date(text)}


def from_fragment(text: str) -> str:
    """All words of a piece of HTML, such as a feed's: nothing in it is page furniture.

    >>> from_fragment("<p>Nine <b>ships</b>,<br>at last.</p>and fog &amp; rain")
    'Nine ships,\\nat last.\\n\\nand fog & rain'
    """
    try:
        root = lxml.html.fragment_fromstring(CONTROL.sub("", text), create_parent="div")
    except (lxml.etree.LxmlError, ValueError):
        raise UnreadableError("its HTML cannot be read") from None
    for unseen in list(root.iter("script", "style", lxml.etree.Comment)):
        unseen.drop_tree()
    for element in root.iter("br", *BLOCKS):
        gap = "\n" if element.tag == "br" else "\n\n"
        element.text = gap * (element.tag != "br") + (element.text or "")
        element.tail = gap + (element.tail or "")
    words = re.sub(r"[^\S\n]*\n[^\S\n]*", "\n", root.text_content())
    return re.sub(r"\n{3,}", "\n\n", words).strip()


def _stated_date(page: str) -> datetime.date | None:
    """The first day of publication that the page's own metadata gives as ISO 8601."""
    found = _Dates()
    found.feed(page)
    for stated in found.dates:
        try:
            return datetime.datetime.fromisoformat(stated.strip()).date()
        except ValueError:
            continue
    return None


class _Dates(HTMLParser):
    """Collects what <meta>, <time itemprop> and JSON-LD say of a page's publication."""

    def __init__(self) -> None:
        super().__init__()
        self.dates: list[str] = []
        self._linked_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        self._linked_data = tag == "script" and about.get("type") == "application/ld+json"
        names = {about.get(key, "").lower() for key in ("name", "property", "itemprop")}
        if names & PUBLISHED:
            self.dates.append(about.get("content") or about.get("datetime") or "")

    def handle_data(self, data: str) -> None:
        if self._linked_data:
            self.dates += LINKED_DATE.findall(data)
