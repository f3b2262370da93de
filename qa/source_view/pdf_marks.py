"""Where a cited text stands on the pages of a PDF, as boxes to be marked.

The boxes are those of the characters that PDFium found, by which the text was indexed too, so that
lines, columns and right-to-left text come in the same order. Only two pages are read.
"""

from dataclasses import dataclass

from index.errors import requires_extra
from index.formats.documents.pdf import PDFIUM
from index.formats.documents.pdf_columns import Segment, is_right_to_left
from index.formats.documents.pdf_lines import reading_order

from .matching import find_across

MAX_BOXES = 400  # on all pages


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in PDF units (1/72 inch) from its lower left corner."""

    page: int  # the first is 1
    left: float
    bottom: float
    right: float
    top: float


def find_boxes(data: bytes, page: int, quote: str) -> list[Box]:
    """Return the boxes of a quotation that begins on page number `page`; [] if it is not found.

    Raises:
        UnreadableError: The package that reads PDFs is not installed.
    """
    with requires_extra("documents"):
        import pypdfium2
    pages: list[list[Segment]] = []
    try:
        with PDFIUM, pypdfium2.PdfDocument(data) as document:
            for number in range(page - 1, min(page + 1, len(document))):
                opened = document[number]
                pages.append(reading_order(opened))
                opened.close()
    except pypdfium2.PdfiumError:
        pass  # what was read until then
    found = find_across([[segment.text for segment in each] for each in pages], quote)
    boxes = [
        _box(page + number, pages[number][part.piece], part.start, part.end)
        for number, parts in enumerate(found)
        for part in parts
    ]
    return boxes[:MAX_BOXES]


def _box(page: int, segment: Segment, start: int, end: int) -> Box:
    """The box of some characters of a segment.

    In a right-to-left line only the first and the last character count, so that numbers and Latin
    words within it, which stand the other way round, make no difference.
    """
    glyphs = list(segment.glyphs)
    if is_right_to_left(segment.text):
        glyphs.sort(key=lambda glyph: -glyph.right)
    first = sum(not c.isspace() for c in segment.text[:start])
    last = first + sum(not c.isspace() for c in segment.text[start:end])
    shown = glyphs[first:last] or glyphs[-1:]
    return Box(
        page,
        min(glyph.left for glyph in shown),
        min(glyph.bottom for glyph in shown),
        max(glyph.right for glyph in shown),
        max(glyph.top for glyph in shown),
    )
