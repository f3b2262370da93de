"""Read a PDF: its text as paragraphs, title, author and day. Scanned pages are not read.

A PDF has lines, not paragraphs: lines are joined again, and what recurs at the top or bottom of
most pages is dropped, as it would end up in the middle of sentences.
"""

import datetime
import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from index.errors import UnreadableError, requires_extra
from index.formats.limits import MAX_ARTICLE, MAX_DOCUMENT
from index.formats.seed_file import Draft, Refused, Seed

if TYPE_CHECKING:
    import pypdf

DIGITS = re.compile(r"\d+")
SENTENCE_END = re.compile(r"""[.!?:。!?:…]["'”’»」』)\]]*$""")
HYPHEN = re.compile(r"(?<=[a-zà-ÿ])[-\u00ad]$")
CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
SHORT_LINE = 0.85  # of a page's longest line: a shorter line with a final stop ends its paragraph
FILE_NAME_TITLE = re.compile(r"(?i)microsoft word\b|untitled|.*\.[a-z]{2,4}$")
MAX_PAGES_NAMED = 9  # in an error message


def read_pdf(seed: Seed) -> Iterator[Draft | Refused]:
    """Yield the document as one draft, and refuse it in part if damage cost some pages.

    Raises:
        UnreadableError: It needs a password, is too large or has no text, or pypdf is missing.
    """
    with requires_extra("documents"):
        import pypdf
    with seed.seekable(MAX_DOCUMENT) as file, _warnings() as warnings:
        reader = pypdf.PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("is encrypted and needs a password: save it without one")
        pages = _pages(reader)
        metadata = _metadata(reader)
    text = "\n\n".join(paragraphs(pages))
    if not text and warnings:
        raise UnreadableError(f"is damaged: no text can be extracted ({warnings[0]})")
    if not text:
        raise UnreadableError("has no text, perhaps only scanned pages: run OCR on it")
    yield Draft(seed.place, text, metadata)
    empty = [str(number) for number, page in enumerate(pages, start=1) if not page.strip()]
    if warnings and empty:
        yield Refused(
            seed.place,
            f"is damaged: no text can be extracted from page {', '.join(empty[:MAX_PAGES_NAMED])} "
            f"of {len(pages)} ({warnings[0]})",
        )


def _pages(reader: "pypdf.PdfReader") -> list[str]:
    pages: list[str] = []
    left = MAX_ARTICLE
    for page in reader.pages:
        pages.append(page.extract_text())
        left -= len(pages[-1])
        if left < 0:
            raise UnreadableError(f"has over {MAX_ARTICLE // 1_000_000} MB of text: split it")
    return pages


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


def paragraphs(pages: list[str]) -> Iterator[str]:
    r"""Join the lines of pages into paragraphs.

    >>> list(paragraphs(["Nine ships were count-\ned before\nnoon.\nTen are here, they say."]))
    ['Nine ships were counted before noon.', 'Ten are here, they say.']
    """
    paragraph = ""
    for lines in _without_running_lines([page.splitlines() for page in pages]):
        longest = max(map(len, lines), default=0)
        for line in map(str.strip, lines):
            if line:
                paragraph = _join(paragraph, line)
            ends = len(line) < SHORT_LINE * longest and SENTENCE_END.search(line)
            if paragraph and (not line or ends):
                yield paragraph
                paragraph = ""
    if paragraph:
        yield paragraph


def _join(before: str, line: str) -> str:
    if HYPHEN.search(before) and line[:1].islower():
        return before[:-1] + line
    space = "" if CJK.match(before[-1:]) and CJK.match(line) else " "
    return f"{before}{space}{line}" if before else line


def _without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """Drop the first and last lines that most pages share, apart from page numbers."""
    pages = [[line for line in lines if line.strip()] for lines in pages]
    for edge in (0, -1):
        counts = Counter(DIGITS.sub("0", lines[edge].strip()) for lines in pages if lines)
        for lines in pages:
            count = lines and counts[DIGITS.sub("0", lines[edge].strip())]
            if len(pages) > 2 and count and count > len(pages) / 2:
                del lines[edge]
    return pages
