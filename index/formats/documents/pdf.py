"""Read a PDF: its text as paragraphs, title, author and day. Scanned pages are not read but named.

PDFium extracts the text; pypdf reads what the file states about itself and notices damage, which
PDFium passes over in silence. A PDF has lines, not paragraphs: they are joined here.
"""

import datetime
import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from index.article import Anchor, Location
from index.errors import UnreadableError, requires_extra
from index.formats.limits import MAX_ARTICLE, MAX_DOCUMENT
from index.formats.seed_file import Draft, Omitted, Refused, Seed

from .pdf_lines import page_lines
from .running_lines import without_running_lines

if TYPE_CHECKING:
    import pypdf

SENTENCE_END = re.compile(r"""[.!?:。!?:…؟۔]["'”’»」』)\]]*$""")
HYPHEN = re.compile(r"(?<=[a-zà-ÿ])[-\u00ad]$")
SUSPENDED = re.compile(
    r"(?:and|or|to|und|oder|bis|bzw|en|of|och|eller|og|ja|tai|y|o|e|i|a)\b"
)  # "pre- and"
CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
SHORT_LINE = 0.85  # of a page's longest line: a shorter line with a final stop ends its paragraph
HEADING, NEARBY = 0.6, 3  # a heading's length over that of the longest of 3 lines before and after
FILE_NAME_TITLE = re.compile(r"(?i)microsoft word\b|untitled|.*\.[a-z]{2,4}$")
MAX_NAMED = 9  # pages or lines in a message
PDFIUM = threading.Lock()  # it must not run in two threads


def read_pdf(seed: Seed) -> Iterator[Draft | Refused | Omitted]:
    """Yield the document as one draft, then what of it could not be read.

    Raises:
        UnreadableError: It needs a password, is too large or has no text, or a package is missing.
    """
    with requires_extra("documents"):
        import pypdf
        import pypdfium2  # noqa: F401
    with seed.seekable(MAX_DOCUMENT) as file, _warnings() as warnings:
        reader = pypdf.PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("is encrypted and needs a password: save it without one")
        _check_contents(reader)
        pages = _pages(file, len(reader.pages))
        metadata = _metadata(reader)
        empty = [number for number, page in enumerate(pages, start=1) if not page]
        scanned = [number for number in empty if _has_picture(reader.pages[number - 1])]
    pages, running = without_running_lines(pages)
    text, anchors = _joined(pages)
    if not text and warnings:
        raise UnreadableError(f"is damaged: no text can be extracted ({warnings[0]})")
    if not text:
        raise UnreadableError("has no text, perhaps only scanned pages: run OCR on it")
    yield Draft(seed.place, text, metadata, anchors=anchors)
    if running:
        quoted = ", ".join(f'"{line[:80]}"' for line in running[:MAX_NAMED])
        yield Omitted(seed.place, f"repeated at the edges of pages, left out: {quoted}")
    if warnings and empty:
        yield Refused(
            seed.place,
            f"is damaged: no text can be extracted from page {_listed(empty)} "
            f"of {len(pages)} ({warnings[0]})",
        )
    elif scanned:
        yield Omitted(
            seed.place, f"page {_listed(scanned)} of {len(pages)} has only pictures: run OCR on it"
        )


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:MAX_NAMED]))


def _check_contents(reader: "pypdf.PdfReader") -> None:
    """Unpack every page's contents: pypdf reports damage and refuses bombs, PDFium neither."""
    for page in reader.pages:
        if (contents := page.get_contents()) is not None:
            contents.get_data()


def _pages(file: BinaryIO, count: int) -> list[list[str]]:
    """The lines of each page; none for a page that PDFium cannot open."""
    import pypdfium2

    pages: list[list[str]] = []
    left = MAX_ARTICLE
    file.seek(0)
    with PDFIUM, pypdfium2.PdfDocument(file.read()) as document:
        for number in range(min(count, len(document))):
            try:
                page = document[number]
            except pypdfium2.PdfiumError:
                pages.append([])
                continue
            lines = page_lines(page)
            page.close()
            pages.append(lines)
            left -= sum(map(len, lines))
            if left < 0:
                raise UnreadableError(f"has over {MAX_ARTICLE // 1_000_000} MB of text: split it")
    return pages + [[] for _ in range(count - len(pages))]


def _has_picture(page: "pypdf.PageObject") -> bool:
    try:
        objects = page["/Resources"]["/XObject"].values()  # type: ignore[index]
        return any(each.get_object().get("/Subtype") == "/Image" for each in objects)
    except (KeyError, AttributeError, TypeError):
        return False


def _metadata(reader: "pypdf.PdfReader") -> dict[str, object]:
    info = reader.metadata
    if info is None:
        return {}
    title = info.title or ""
    try:
        created: datetime.datetime | None = info.creation_date
    except ValueError:
        created = None
    return {
        "title": None if FILE_NAME_TITLE.match(title) else title,
        "author": info.author,
        "date": created,
    }


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Collect what pypdf logs: it skips damaged parts and reports them only there."""
    messages: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: messages.append(" ".join(record.getMessage().split())[:200])  # type: ignore[method-assign]
    logger = logging.getLogger("pypdf")
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)


def _joined(pages: list[list[str]]) -> tuple[str, tuple[Anchor, ...]]:
    """Join paragraphs by blank lines; the anchors say where each page begins."""
    texts: list[str] = []
    anchors: list[Anchor] = []
    at = 0
    for text, begins in paragraphs(pages):
        texts.append(text)
        anchors += [Anchor(at + start, Location(page=page)) for page, start in begins.items()]
        at += len(text) + 2
    return "\n\n".join(texts), tuple(anchors)


def paragraphs(pages: list[list[str]]) -> Iterator[tuple[str, dict[int, int]]]:
    r"""Join the lines of pages into paragraphs; an empty line ends one.

    Yields each with the pages that begin in it: page number, from 1 -> offset of its first line.

    >>> list(paragraphs([["Nine ships were count-"], ["ed before", "noon.", "Ten are at sea."]]))
    [('Nine ships were counted before noon.', {1: 0, 2: 21}), ('Ten are at sea.', {})]
    """
    numbered = [(n, " ".join(line.split())) for n, page in enumerate(pages, 1) for line in page]
    lines = [line for _, line in numbered]
    longest = [max(map(len, page)) for page in pages for _ in page]
    paragraph, begins, last = "", dict[int, int](), 0
    for i, (page, line) in enumerate(numbered):
        if line:
            paragraph = _join(paragraph, line)
        if line and page > last:
            begins[page], last = len(paragraph) - len(line), page
        ends = len(line) < SHORT_LINE * longest[i] and SENTENCE_END.search(line)
        if paragraph and (not line or ends or _is_heading(lines, i)):
            yield paragraph, begins
            paragraph, begins = "", {}
    if paragraph:
        yield paragraph, begins


def _is_heading(lines: list[str], i: int) -> bool:
    """Whether a line is far shorter than those around it and the next begins anew."""
    around = max(map(len, lines[max(0, i - NEARBY) : i + NEARBY + 1]))
    following = lines[i + 1][:1] if i + 1 < len(lines) else ""
    begins_anew = following.isupper() or following.isdigit()
    return len(lines[i]) < HEADING * around and begins_anew and not HYPHEN.search(lines[i])


def _join(before: str, line: str) -> str:
    if HYPHEN.search(before[-2:]) and not SUSPENDED.match(line):
        return before[:-1] + line if line[:1].islower() else before + line
    space = "" if CJK.match(before[-1:]) and CJK.match(line) else " "
    return f"{before}{space}{line}" if before else line
