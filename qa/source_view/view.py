"""What a reader is shown of a source: a PDF with marks on its pages, or plain text.

Pure: it reads what it is given, and knows no page, server or folder.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from index.article import Article
from index.formats.seed_file import Draft, Record

from .blocks import Block, Fact, Shown, show
from .finding import Source
from .mail_page import mail_facts
from .pdf_marks import Box, find_boxes
from .web_page import page_blocks

PAGES = (".html", ".htm")
BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
NOT_FACTS = {"text", "parts", "locations"}
MAX_VALUE = 1000  # characters of a fact
MAX_FACTS = 40


@dataclass(frozen=True, slots=True)
class PdfView:
    """A PDF: the page to open, and where on it, or on the next, the cited text stands."""

    page: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class TextView:
    """A source as plain text."""

    facts: tuple[Fact, ...]
    shown: Shown


View = PdfView | TextView


def view(source: Source, article: Article, start: int = 0, end: int = 0) -> View:
    """Return what is shown of a source.

    Args:
        source: The source of the article.
        article: The article, which has the same text.
        start: Where the cited text starts in the article's text, in code points.
        end: Where it ends; nothing is cited if this is `start`.

    Raises:
        ArchiveError: The source cannot be read.
    """
    quote = article.text[start:end]
    if source.kind == ".pdf":
        location = article.location(start)
        page = (location and location.page) or 1
        boxes = find_boxes(source.data, page, quote) if quote else []
        return PdfView(boxes[0].page if boxes else page, tuple(boxes))
    assert source.item is not None
    if source.kind in PAGES:
        facts, blocks = page_blocks(source.data, source.charset)
        url = source.item.metadata.get("url")
        facts += [Fact("url", url[:MAX_VALUE])] if isinstance(url, str) and url else []
        return TextView(tuple(facts), show(blocks, quote))
    stated = mail_facts(source.data) if source.kind == ".eml" else _stated(source.item.metadata)
    return TextView(tuple(stated[:MAX_FACTS]), show(_text_blocks(source.item, article), quote))


def _stated(metadata: Mapping[str, object]) -> list[Fact]:
    """What a document, line or row says of itself, but for its text."""
    facts: list[Fact] = []
    for name, value in metadata.items():
        values = value if isinstance(value, tuple | list) else [value]
        texts = (" ".join(str(each).split()) for each in values if each is not None)
        text = ", ".join(dict.fromkeys(texts))
        if text and name not in NOT_FACTS:
            facts.append(Fact(str(name)[:80], text[:MAX_VALUE]))
    return facts


def _text_blocks(item: Draft | Record, article: Article) -> list[Block]:
    """The paragraphs of a text; of a recording, what is said from one time to the next."""
    times = [(a.start, a.location.seconds) for a in article.anchors]
    if not times or any(seconds is None for _, seconds in times) or article.text != item.text:
        return [Block(text) for text in BLANK_LINE.split(item.text.strip()) if text]
    ends = [start for start, _ in times[1:]] + [len(item.text)]
    cues = [
        Block(item.text[start:end].strip(), seconds=seconds)
        for (start, seconds), end in zip(times, ends, strict=True)
    ]
    return [cue for cue in cues if cue.text]
