"""Read rich text (.rtf): its paragraphs, tables, text boxes and footnotes, title, author and day.

Deleted text is not read. Headers, footers, comments and hidden text are not read but named;
pictures, objects and the instructions of fields are not read.
"""

import re
from collections.abc import Iterator

from index.errors import UnreadableError
from index.formats.documents.page_numbers import is_page_number
from index.formats.limits import MAX_ARTICLE, MAX_DOCUMENT
from index.formats.seed_file import Draft, Omitted, Refused, Seed

from .group import AUTHOR, BODY, MARGIN, NOTE, TITLE
from .interpreter import Interpreter
from .words import CELL

REPLACEMENT = "\ufffd"


def read_rtf(seed: Seed) -> Iterator[Draft | Omitted | Refused]:
    """Yield the document as one draft, then what of it was left out.

    Raises:
        UnreadableError: It is not RTF, is too large or has no text.
    """
    data = seed.read(MAX_DOCUMENT)
    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableError("is not an RTF file")
    found = Interpreter()
    found.run(data)
    blocks = [*_blocks(found.text(BODY)), *_blocks(found.text(NOTE))]
    text = "\n\n".join(blocks)
    if not text:
        raise UnreadableError("has no text: pictures are not read")
    if len(text) > MAX_ARTICLE:
        raise UnreadableError(f"has over {MAX_ARTICLE // 1_000_000} MB of text: split it")
    yield Draft(seed.place, text, _metadata(found))
    if left_out := ", ".join(_left_out(found, text)):
        yield Omitted(seed.place, f"{left_out} left out")
    if not found.complete:
        yield Refused(seed.place, "is cut short or damaged: a brace is not closed")


def _blocks(text: str) -> Iterator[str]:
    """Yield the paragraphs; the cells of a row are set apart as in a Word file."""
    for block in re.split(r"\n{2,}", text):
        cells = (" ".join(cell.split()) for cell in block.split(CELL))
        if CELL in block:
            lines = [" | ".join(filter(None, cells))]
        else:
            lines = [" ".join(line.split()) for line in block.split("\n")]
        if words := "\n".join(filter(None, lines)):
            yield words


def _left_out(found: Interpreter, text: str) -> Iterator[str]:
    margins = [*dict.fromkeys(_blocks(found.text(MARGIN)))]
    worded = [m for m in margins if any(map(str.isalpha, m)) and not is_page_number(m)]
    if worded:
        yield f"{len(worded)} headers and footers"
    for what, count in found.omitted.items():
        if count:
            yield what if what == "hidden text" else f"{count} {what}{'s' * (count > 1)}"
    if REPLACEMENT in text:
        yield f"{text.count(REPLACEMENT)} characters that are not in their font's encoding"


def _metadata(found: Interpreter) -> dict[str, object]:
    stated = {name: " ".join(found.text(name).split()) for name in (TITLE, AUTHOR)}
    date = "{:04}-{:02}-{:02}".format(*found.created) if len(found.created) == 3 else None
    return {**{name: words or None for name, words in stated.items()}, "date": date}
