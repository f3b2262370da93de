"""A web page as blocks of plain text: headings, paragraphs, list items, rows of tables.

All that a reader of the page would see, menus too, and no markup: nothing of it runs or loads.
"""

import re
from collections.abc import Iterator

import lxml.etree
import lxml.html
from lxml.etree import _Element as Element
from lxml.etree import iterwalk

from index.formats.decoding import decode_bytes
from index.formats.list_numbers.html import number_items
from index.formats.web.tree import HEADINGS
from index.formats.web.visible import make_visible

from .blocks import Block, Fact

NOT_SHOWN = {
    "head", "script", "style", "template", "noscript", "svg", "iframe", "object", "embed", "applet",
    "canvas", "audio", "video", "map", "select", "datalist", "textarea", "frameset", "noframes",
}  # fmt: skip
KINDS = {
    **dict.fromkeys(HEADINGS, "heading"), "li": "item", "dt": "item", "dd": "item", "tr": "row",
    "blockquote": "quote", "pre": "code", "figcaption": "caption", "caption": "caption",
}  # fmt: skip
BLOCKS = {
    *KINDS, "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "body",
    "ul", "ol", "dl", "menu", "table", "thead", "tbody", "tfoot", "figure", "hr", "form",
    "fieldset", "address", "details", "summary", "dialog", "center",
}  # fmt: skip
LISTS = {"ul", "ol", "menu", "dl"}
CELLS = {"td", "th"}
FACTS = {"author", "date", "description", "article:published_time", "og:site_name"}
NO_TEXT = re.compile(r"[\0\x01-\x08\x0b\x0c\x0e-\x1f]")
MAX_LEVEL = 6
MAX_FACT = 500  # characters


def page_blocks(data: bytes, charset: str | None = None) -> tuple[list[Fact], list[Block]]:
    """Return what a web page states in its head, and what it shows.

    Raises:
        UnreadableError: It is not text.
    """
    text = NO_TEXT.sub("", decode_bytes(data, charset, markup=True).text)
    # a parser for each page: they hold what they parsed last
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True,
                                  remove_pis=True)  # fmt: skip
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except lxml.etree.ParserError:  # it is empty
        return [], []
    facts = list(_facts(root))
    make_visible(root)
    number_items(root)
    return facts, list(_blocks(root))


def _facts(root: Element) -> Iterator[Fact]:
    title = " ".join((root.findtext(".//head/title") or "").split())
    if title:
        yield Fact("title", title[:MAX_FACT])
    for meta in root.iterfind(".//head/meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        value = " ".join((meta.get("content") or "").split())
        if name in FACTS and value:
            yield Fact(name, value[:MAX_FACT])


def _blocks(root: Element) -> Iterator[Block]:
    """Walk through the tree, which may be deep, and begin a block at each element that is one."""
    writer = _Writer()
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start" and (not isinstance(tag, str) or tag in NOT_SHOWN):
            walk.skip_subtree()
        elif event == "start":
            yield from writer.start(tag)
            writer.add(element.text)
        else:
            if isinstance(tag, str) and tag not in NOT_SHOWN:
                yield from writer.end(tag)
            writer.add(element.tail)
    yield from writer.flush()


class _Writer:
    """Collects the text of the block that is open."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._open: list[str] = []  # the elements around it that give a block its kind
        self._lists = 0

    def start(self, tag: str) -> Iterator[Block]:
        if tag in BLOCKS and "tr" not in self._open:
            yield from self.flush()
        if tag in KINDS:
            self._open.append(tag)
        elif tag in CELLS and any(map(str.strip, self._text)):
            self._text.append(" | ")
        elif tag == "br":
            self._text.append("\v")
        elif tag in BLOCKS:
            self._text.append(" ")
        self._lists += tag in LISTS

    def end(self, tag: str) -> Iterator[Block]:
        inside_row = "tr" in self._open and tag != "tr"
        if tag in BLOCKS and not inside_row:
            yield from self.flush()
        if tag in KINDS and tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag)]
        self._lists -= tag in LISTS

    def add(self, text: str | None) -> None:
        if text:
            self._text.append(text)

    def flush(self) -> Iterator[Block]:
        """Yield the open block, if it has words, and begin another one."""
        text = "".join(self._text)
        self._text = []
        tag = self._open[-1] if self._open else ""
        kind = KINDS.get(tag, "paragraph")
        if kind == "code":
            text = text.replace("\v", "\n").strip("\n")
        else:
            text = "\n".join(" ".join(line.split()) for line in text.split("\v")).strip()
        if text.strip(" |\n"):
            level = int(tag[1]) if kind == "heading" else min(self._lists, MAX_LEVEL)
            yield Block(text, kind, level)
