"""Extract the lines of a PDF's page in reading order, with PDFium.

PDFium gives characters and where they stand. Lines of Hebrew and Arabic are put in order by
`right_to_left.py`, and columns that were drawn row by row are taken apart here. A wide gap within a
line becomes a tab.
"""

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.text.control import CONTROL

from .right_to_left import RIGHT_TO_LEFT, Glyph, in_reading_order, with_brackets

if TYPE_CHECKING:
    import pypdfium2

WIDE_GAP = 0.9  # of the height of a line: wider than a space, even in justified text
MIN_COLUMN_LINES = 4  # fewer could be anything
MIN_COLUMN_WORDS = 3.5  # per line: the cells of a table have fewer
MIN_FILLED = 0.7  # of a column's width, by its middle line: cells of a table are narrower
HYPHEN_AND_BREAK = ("\ufffe", "\x02")  # what PDFium gives for a hyphen at the end of a line


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line without wide gaps."""

    text: str
    left: float
    right: float


Line = list[Segment]  # from left to right


def page_lines(page: "pypdfium2.PdfPage") -> list[str]:
    """Return the lines of a page in reading order, without empty ones."""
    text_page = page.get_textpage()
    try:
        texts = _texts(text_page)
    finally:
        text_page.close()
    cleaned = (CONTROL.sub("", text).strip() for text in texts)
    return [text for text in cleaned if text]


def _texts(text_page: "pypdfium2.PdfTextPage") -> list[str]:
    text: str = text_page.get_text_range()
    if RIGHT_TO_LEFT.search(text) or _has_gaps(text_page):
        lines = list(_lines(_glyphs(text_page)))
        return with_brackets([_joined(line) for line in _columns_apart(lines)])
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
    return [
        Segment(
            in_reading_order(group).strip(),
            min(g.left for g in group if not g.text.isspace()),
            max(g.right for g in group if not g.text.isspace()),
        )
        for group in groups
    ]


def _joined(line: Line) -> str:
    letters = "".join(segment.text for segment in line)
    order = reversed(line) if _is_right_to_left(letters) else line
    return "\t".join(segment.text for segment in order)


def _is_right_to_left(text: str) -> bool:
    return 2 * len(RIGHT_TO_LEFT.findall(text)) > sum(map(str.isalpha, text))


def _columns_apart(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines, with columns of prose that were drawn row by row one after the other."""
    at = 0
    while at < len(lines):
        end, gutter = _run(lines, at)
        if gutter is None:
            yield lines[at]
            at += 1
            continue
        middle = sum(gutter) / 2
        sides = [
            [[s for s in line if (s.left > middle) == right] for line in lines[at:end]]
            for right in (False, True)
        ]
        if all(map(_is_column, sides)):
            text = "".join(segment.text for line in lines[at:end] for segment in line)
            for side in reversed(sides) if _is_right_to_left(text) else sides:
                yield from _columns_apart([line for line in side if line])
            at = end
        else:
            yield from lines[at : at + 1]
            at += 1


def _run(lines: list[Line], at: int) -> tuple[int, tuple[float, float] | None]:
    """The end of the run of lines from `at` on that leave one gutter free, and the gutter."""
    gutter: tuple[float, float] | None = None
    for i, line in enumerate(lines[at:], start=at):
        free = _free(line, gutter)
        if free is None:
            return i, gutter
        gutter = free
    return len(lines), gutter


def _free(line: Line, gutter: tuple[float, float] | None) -> tuple[float, float] | None:
    """The part of the gutter that the line leaves free; without one, the line's first gap."""
    gaps = [(a.right, b.left) for a, b in itertools.pairwise(line)]
    if gutter is None:
        return gaps[0] if gaps else None
    if line:
        gaps += [(float("-inf"), line[0].left), (line[-1].right, float("inf"))]
    left, right = gutter
    for gap in gaps:
        free = max(left, gap[0]), min(right, gap[1])
        if free[1] - free[0] > 0.5 * (right - left) or (free[1] - free[0]) > 6:
            return free
    return None


def _is_column(lines: list[Line]) -> bool:
    """Whether lines on one side of a gutter are prose that fills its column."""
    filled = [line for line in lines if line]
    if len(filled) < MIN_COLUMN_LINES:
        return False
    words = sorted(sum(len(s.text.split()) for s in line) for line in filled)
    widths = sorted(line[-1].right - line[0].left for line in filled)
    middle = len(filled) // 2
    text = "".join(segment.text for line in filled for segment in line)
    long_lines = words[middle] >= MIN_COLUMN_WORDS or len(text) / len(filled) > 18
    return long_lines and widths[middle] >= MIN_FILLED * widths[-1]
