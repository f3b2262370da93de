"""Read a web page (.html): its main text as plain paragraphs, and the metadata it states.

`from_fragment` converts pieces of HTML that are all text, such as a feed's or a mail's.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from configparser import ConfigParser
from copy import deepcopy
from functools import cache

import lxml.etree
import lxml.html
from lxml.etree import _Element as Element

from index.errors import UnreadableError, UnwantedError
from index.formats.decoding import Decoded, decode_bytes
from index.formats.list_numbers.html import number_items
from index.formats.seed_file import Draft, Omitted, Seed
from index.text.control import CONTROL
from index.text.scripts import unspaced

from . import joiners
from .comments import drop_comments
from .link_pages import leads_elsewhere, links_away
from .overlays import drop_overlays
from .tree import drop, text_of
from .visible import make_visible

METADATA = ("title", "language", "url", "author")
PUBLISHED = {
    "article:published_time", "og:published_time", "datepublished", "date", "pubdate",
    "publishdate", "publish_date", "publication_date", "parsely-pub-date", "sailthru.date",
    "citation_publication_date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued",
}  # fmt: skip
BLOCKS = (
    "p", "div", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl",
    "dt", "dd", "table", "tr", "blockquote", "pre", "figure", "figcaption", "hr", "header",
    "footer", "main", "aside", "nav", "details", "summary", "address", "caption", "option",
)  # fmt: skip
DECLARATION = re.compile(r"<!doctype\b[^<>]*>", re.IGNORECASE)
NO_TEXT = "no article text was found in this page"
LINKS_ONLY = (
    "is a front page or a list of links to articles, not an article: build with --front-pages to "
    "read it all the same"
)
IDEOGRAPH_LETTERS = 3  # letters that say as much as an ideograph
JSON_LD_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')

Page = tuple[str, Mapping[str, object]]  # text and metadata


def read_html(seed: Seed) -> Iterator[Draft | Omitted]:
    """Yield the page as one draft."""
    decoded = decode_bytes(seed.read(), markup=True)
    yield from draft_page(seed.place, decoded, front_pages=seed.front_pages)


def draft_page(
    place: str,
    decoded: Decoded,
    crawled: Mapping[str, object] | None = None,
    *,
    front_pages: bool = False,
) -> Iterator[Draft | Omitted]:
    """Yield a page as a draft, and what of it is left out.

    Args:
        place: The place of the draft.
        decoded: The page.
        front_pages: Whether a front page or a list of links counts as an article.
        crawled: What a crawler noted: its address replaces the page's, its date is the last resort.

    Raises:
        UnreadableError: It is not an article.
    """
    text, stated, links, omitted = _extract(decoded.text, front_pages)
    crawled = crawled or {}
    metadata = {**stated, **crawled, "date": all_dates(stated, crawled)}
    yield Draft(place, text, metadata, links)
    for what in omitted:
        yield Omitted(place, f"{what} left out")
    if decoded.doubt:
        yield Omitted(place, decoded.doubt)


def all_dates(*sources: Mapping[str, object]) -> tuple[object, ...]:
    """Return the dates that sources of metadata state, in the order of the sources."""
    dates: list[object] = []
    for source in sources:
        date = source.get("date") or ()
        dates += date if isinstance(date, tuple) else [date]
    return tuple(dates)


def from_html(text: str) -> Page:
    """Return the main text of a web page, and its metadata.

    Raises:
        UnreadableError: No main text is recognised.
    """
    return _extract(text)[:2]


def _extract(
    text: str, front_pages: bool = False
) -> tuple[str, Mapping[str, object], frozenset[str], list[str]]:
    import trafilatura

    tree = trafilatura.load_html(text)
    if tree is None:
        raise UnreadableError(NO_TEXT)
    dates = _dates_published(tree)
    drop_overlays(tree)
    drop_comments(tree)
    readings = make_visible(tree)
    numbered = number_items(tree)
    links = frozenset(text_of(link) for link in tree.iter("a"))
    away = links_away(tree)
    joiners.hide(tree)
    page = trafilatura.bare_extraction(
        tree, include_comments=False, with_metadata=True, config=_config(unspaced(text_of(tree)))
    )
    if not isinstance(page, trafilatura.settings.Document) or not page.text:
        raise UnreadableError(NO_TEXT)
    text = numbered.without_bullets(joiners.restore(page.text))
    if not front_pages and leads_elsewhere(text.split("\n"), away):
        raise UnwantedError(LINKS_ONLY)
    metadata = {key: _restored(getattr(page, key)) for key in METADATA}
    # not trafilatura's date, which may come from a sentence of the page
    metadata["date"] = dates
    omitted = [f"{readings} readings above characters (ruby)"] if readings else []
    if numbered.unwritten:
        omitted.append(f"{numbered.unwritten} list number{'s' * (numbered.unwritten > 1)}")
    return text.replace("\n", "\n\n"), metadata, links, omitted


@cache
def _config(is_unspaced: bool) -> ConfigParser:
    """Trafilatura's settings; its least size of an article assumes an alphabet."""
    from trafilatura.settings import DEFAULT_CONFIG

    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"]["EXTENSIVE_DATE_SEARCH"] = "off"  # its date is not used
    if is_unspaced:
        least = config.getint("DEFAULT", "MIN_EXTRACTED_SIZE")
        config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(least // IDEOGRAPH_LETTERS)
    return config


def _restored(value: object) -> object:
    return joiners.restore(value) if isinstance(value, str) else value


def from_fragment(text: str, prepare: Callable[[Element], None] | None = None) -> str:
    r"""Return all words of a piece of HTML; none of it counts as page furniture.

    >>> from_fragment("<p>Nine <b>ships</b>,<br>at last.</p>and fog &amp; rain")
    'Nine ships,\nat last.\n\nand fog & rain'

    Args:
        text: The HTML.
        prepare: Changes its tree in place before it is read.

    Raises:
        UnreadableError: The HTML cannot be parsed.
    """
    try:
        text = DECLARATION.sub("", CONTROL.sub("", text))
        root = lxml.html.fragment_fromstring(text, create_parent="div")
    except (lxml.etree.LxmlError, ValueError):
        raise UnreadableError("its HTML cannot be parsed") from None
    drop([*root.iter("script", "style", lxml.etree.Comment)])
    if prepare:
        prepare(root)
    make_visible(root)
    number_items(root)
    for element in root.iter("br", *BLOCKS):
        gap = "\n" if element.tag == "br" else "\n\n"
        element.text = gap * (element.tag != "br") + (element.text or "")
        element.tail = gap + (element.tail or "")
    words = "\n".join(line.strip() for line in root.text_content().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", words).strip()


def _dates_published(root: Element) -> tuple[str, ...]:
    """The dates in <meta>, <time itemprop> and JSON-LD, as they are written there."""
    dates: list[str] = []
    for element in root.iter("{*}*"):
        if not element.attrib:
            continue
        names = {(element.get(key) or "").lower() for key in ("name", "property", "itemprop")}
        if names & PUBLISHED:
            dates.append(element.get("content") or element.get("datetime") or "")
        elif element.tag == "script" and element.get("type") == "application/ld+json":
            dates += JSON_LD_DATE.findall(element.text or "")
    return tuple(date.strip() for date in dates if date.strip())
