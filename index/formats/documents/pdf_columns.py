"""The lines of a PDF's page in pieces; columns that were drawn row by row are taken apart."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from .right_to_left import RIGHT_TO_LEFT, Glyph

MIN_COLUMN_LINES = 4  # fewer could be anything
MIN_COLUMN_WORDS = 3.5  # per line: the cells of a table have fewer
MIN_FILLED = 0.7  # of a column's width, by its middle line: cells of a table are narrower


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line without wide gaps."""

    text: str
    left: float
    right: float
    glyphs: tuple[Glyph, ...] = ()  # without white space, in the order of the page


Line = list[Segment]  # from left to right


def letters(line: Line) -> str:
    """Return all text of a line, as it stands from left to right."""
    return "".join(segment.text for segment in line)


def is_right_to_left(text: str) -> bool:
    """Whether most letters of a text are read from the right."""
    return 2 * len(RIGHT_TO_LEFT.findall(text)) > sum(map(str.isalpha, text))


def columns_apart(lines: list[Line]) -> Iterator[Line]:
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
            text = "".join(map(letters, lines[at:end]))
            for side in reversed(sides) if is_right_to_left(text) else sides:
                yield from columns_apart([line for line in side if line])
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
    text = "".join(map(letters, filled))
    long_lines = words[middle] >= MIN_COLUMN_WORDS or len(text) / len(filled) > 18
    return long_lines and widths[middle] >= MIN_FILLED * widths[-1]
