"""Extract the lines of a PDF's page in reading order, with PDFium.

PDFium gives characters and where they stand. `right_to_left.py` puts lines of Hebrew and Arabic in
order, `pdf_columns.py` takes apart columns that were drawn row by row. A wide gap within a line
becomes a tab.
"""

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from index.text.control import CONTROL

from .pdf_columns import Line, Segment, columns_apart, is_right_to_left, letters
from .right_to_left import RIGHT_TO_LEFT, Glyph, in_reading_order, with_brackets

if TYPE_CHECKING:
    import pypdfium2

WIDE_GAP = 0.9  # of the height of a line: wider than a space, even in justified text
HYPHEN_AND_BREAK = ("\ufffe", "\x02")  # what PDFium gives for a hyphen at the end of a line


def page_lines(page: "pypdfium2.PdfPage") -> list[str]:
    """Return the lines of a page in reading order, without empty ones."""
    text_page = page.get_textpage()
    try:
        texts = _texts(text_page)
    finally:
        text_page.close()
    cleaned = (CONTROL.sub("", text).strip() for text in texts)
    return [text for text in cleaned if text]


def reading_order(page: "pypdfium2.PdfPage") -> list[Segment]:
    """Return the pieces of a page's lines in reading order, with the boxes of their characters."""
    text_page = page.get_textpage()
    try:
        lines = columns_apart(list(_lines(_glyphs(text_page))))
        return [
            segment
            for line in lines
            for segment in (reversed(line) if is_right_to_left(letters(line)) else line)
        ]
    finally:
        text_page.close()


def _texts(text_page: "pypdfium2.PdfTextPage") -> list[str]:
    text: str = text_page.get_text_range()
    if RIGHT_TO_LEFT.search(text) or _has_gaps(text_page):
        lines = list(_lines(_glyphs(text_page)))
        return with_brackets([_joined(line) for line in columns_apart(lines)])
    for mark in HYPHEN_AND_BREAK:
        text = text.replace(mark, "-\n")
    return text.splitlines()


def _has_gaps(page: "pypdfium2.PdfTextPage") -> bool:
    """Whether any two pieces of text on one line stand far apart; cheaper than all characters."""
    pieces = [page.get_rect(i) for i in range(page.count_rects())]
    for (_, bottom, right, top), (left, next_bottom, _, next_top) in itertools.pairwise(pieces):
        overlap = min(top, next_top) - max(bottom, next_bottom)
        if overlap > 0 and abs(left - right) > WIDE_GAP * (top - bottom):
            return True
    return False


def _glyphs(page: "pypdfium2.PdfTextPage") -> Iterator[Glyph]:
    import pypdfium2.raw as pdfium

    box = [ctypes.c_double() for _ in range(4)]
    references = [ctypes.byref(edge) for edge in box]
    for i in range(pdfium.FPDFText_CountChars(page.raw)):
        code = pdfium.FPDFText_GetUnicode(page.raw, i)
        pdfium.FPDFText_GetCharBox(page.raw, i, *references)
        left, right, bottom, top = (edge.value for edge in box)
        yield Glyph(chr(code), left, right, bottom, top)


def _lines(glyphs: Iterator[Glyph]) -> Iterator[Line]:
    line: list[Glyph] = []
    for glyph in glyphs:
        ends = glyph.text in ("\r", "\n", *HYPHEN_AND_BREAK)
        if glyph.text in HYPHEN_AND_BREAK:
            line.append(replace(glyph, text="-"))
        elif not ends:
            line.append(glyph)
        if ends and line:
            yield _segments(line)
            line = []
    if line:
        yield _segments(line)


def _segments(line: list[Glyph]) -> Line:
    """Split a line at its wide gaps."""
    visible = sorted((g for g in line if not g.text.isspace()), key=lambda g: g.left)
    if not visible:
        return []
    height = max(glyph.top - glyph.bottom for glyph in visible)
    cuts: list[float] = []
    right = visible[0].right
    for glyph in visible:
        if glyph.left - right > WIDE_GAP * height:
            cuts.append((right + glyph.left) / 2)
        right = max(right, glyph.right)
    groups: list[list[Glyph]] = [[] for _ in range(len(cuts) + 1)]
    for glyph in line:
        groups[sum(glyph.left > cut for cut in cuts)].append(glyph)
    return [_segment(group) for group in groups]


def _segment(group: list[Glyph]) -> Segment:
    shown = tuple(glyph for glyph in group if not glyph.text.isspace())
    left, right = min(g.left for g in shown), max(g.right for g in shown)
    return Segment(in_reading_order(group).strip(), left, right, shown)


def _joined(line: Line) -> str:
    order = reversed(line) if is_right_to_left(letters(line)) else line
    return "\t".join(segment.text for segment in order)
