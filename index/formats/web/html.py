"""Markdown and HTML -> plain paragraphs, separated by blank lines, and the metadata they state."""

import datetime
import html
import re
from collections.abc import Mapping
from html.parser import HTMLParser

import lxml.etree
import lxml.html
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from index.cleaning.boilerplate import CONTROL
from index.errors import UnreadableError, first_line

TAGS = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
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


def from_markdown(text: str) -> Page:
    """The words of a Markdown page, and its YAML front matter.

    >>> from_markdown("---\\ntitle: Dogs\\n---\\n# Big *dogs*\\n\\nThey [bark](/loud).")
    ('Big dogs\\n\\nThey bark.', {'title': 'Dogs'})
    """
    about: Mapping[str, object] = {}
    pieces: list[str] = []
    for token in MarkdownIt().use(front_matter_plugin).parse(text):
        if token.type == "front_matter":
            about = _front_matter(token.content)
        elif token.type in ("fence", "code_block"):
            pieces.append(token.content)
        elif token.type == "html_block":
            pieces.append(html.unescape(TAGS.sub("", token.content)))
        elif token.type == "inline":
            pieces.append("".join(map(_words, token.children or ())))
    return "\n\n".join(piece.strip() for piece in pieces if piece.strip()), about


def _words(token: Token) -> str:
    """What a reader sees of a piece of a line; an image's description is no part of the body."""
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    return "" if token.type in ("image", "html_inline") else token.content


def _front_matter(text: str) -> Mapping[str, object]:
    try:
        found = yaml.safe_load(text)
    except Exception as error:  # besides YAMLError its constructors raise what they happen to meet
        raise UnreadableError(
            f"its front matter is not YAML ({first_line(error)}): mend or remove it"
        ) from None
    if found is not None and not isinstance(found, dict):
        raise UnreadableError("its front matter must be 'name: value' lines: mend or remove it")
    return found or {}


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
