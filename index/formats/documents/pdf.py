"""A PDF -> its text as paragraphs, title, author and day; pictures of text (scans) are not read.

A PDF knows lines, not paragraphs: lines are joined again, and what stands at the head or foot of
most pages is left out, as it would stand in the midst of sentences.
"""

import datetime
import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from index.errors import UnreadableError, needed
from index.formats.limits import DOCUMENT, LARGEST
from index.formats.seed_file import Draft, Refused, Seed

if TYPE_CHECKING:
    import pypdf

DIGITS = re.compile(r"\d+")
STOP = re.compile(r"""[.!?:。!?:…]["'”’»」』)\]]*$""")
HYPHEN = re.compile(r"(?<=[a-zà-ÿ])[-\u00ad]$")
WIDE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
SHORT = 0.85  # of the longest line of a page: a line that ends its paragraph
NAMES_OF_FILES = re.compile(r"(?i)microsoft word\b|untitled|.*\.[a-z]{2,4}$")


def read_pdf(seed: Seed) -> Iterator[Draft | Refused]:
    with needed("documents"):
        import pypdf
    with seed.on_disk(DOCUMENT) as file, _complaints() as complaints:
        reader = pypdf.PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("is encrypted and asks for a password: save it without one")
        pages = _pages(reader)
        about = _about(reader)
    text = "\n\n".join(paragraphs(pages))
    if not text and complaints:
        raise UnreadableError(f"is damaged: no text can be read of it ({complaints[0]})")
    if not text:
        raise UnreadableError("holds no text, only pictures of it perhaps: run OCR over it")
    yield Draft(seed.place, text, about)
    empty = [str(number) for number, page in enumerate(pages, start=1) if not page.strip()]
    if complaints and empty:
        yield Refused(
            seed.place,
            f"is damaged: of {len(pages)} pages no text is read of page {', '.join(empty[:9])} "
            f"({complaints[0]})",
        )


def _pages(reader: "pypdf.PdfReader") -> list[str]:
    pages: list[str] = []
    left = LARGEST
    for page in reader.pages:
        pages.append(page.extract_text())
        left -= len(pages[-1])
        if left < 0:
            raise UnreadableError(f"holds over {LARGEST // 1_000_000} MB of text: split it")
    return pages


def _about(reader: "pypdf.PdfReader") -> dict[str, object]:
    stated = reader.metadata
    if stated is None:
        return {}
    title = stated.title or ""
    try:
        made: datetime.datetime | None = stated.creation_date
    except ValueError:
        made = None
    return {
        "title": None if NAMES_OF_FILES.match(title) else title,
        "author": stated.author,
        "date": made,
    }


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """What pypdf logs meanwhile: it passes over what is damaged, and says so only there."""
    found: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: found.append(" ".join(record.getMessage().split())[:200])  # type: ignore[method-assign]
    logger = logging.getLogger("pypdf")
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)


def paragraphs(pages: list[str]) -> Iterator[str]:
    r"""The paragraphs of pages of lines.

    >>> list(paragraphs(["Nine ships were count-\ned before\nnoon.\nTen are here, they say."]))
    ['Nine ships were counted before noon.', 'Ten are here, they say.']
    """
    paragraph = ""
    for lines in _without_edges([page.splitlines() for page in pages]):
        longest = max(map(len, lines), default=0)
        for line in map(str.strip, lines):
            if line:
                paragraph = _joined(paragraph, line)
            if paragraph and (not line or (len(line) < SHORT * longest and STOP.search(line))):
                yield paragraph
                paragraph = ""
    if paragraph:
        yield paragraph


def _joined(before: str, line: str) -> str:
    if HYPHEN.search(before) and line[:1].islower():
        return before[:-1] + line
    space = "" if WIDE.match(before[-1:]) and WIDE.match(line) else " "
    return f"{before}{space}{line}" if before else line


def _without_edges(pages: list[list[str]]) -> list[list[str]]:
    """Pages without the first and last lines that, but for numbers, stand on most of them."""
    pages = [[line for line in lines if line.strip()] for lines in pages]
    for edge in (0, -1):
        seen = Counter(DIGITS.sub("0", lines[edge].strip()) for lines in pages if lines)
        for lines in pages:
            often = lines and seen[DIGITS.sub("0", lines[edge].strip())]
            if len(pages) > 2 and often and often > len(pages) / 2:
                del lines[edge]
    return pages
