"""Follow the anchors of a draft through cleaning: its lines are dropped or moved, never altered."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from index.article import Anchor
from index.text.control import CONTROL

from .boilerplate import Block

LINE = re.compile(r"[^\r\n\x0b\x0c\u2028\u2029\x85]+")


def follow(
    anchors: Sequence[Anchor], page: str, blocks: Sequence[Block], gap: str
) -> tuple[Anchor, ...]:
    """Return the anchors of the cleaned text, `gap.join(block.text for block in blocks)`.

    What does not stand on the page, such as a title from the file's metadata, has no location
    unless it comes after a line that has one.

    Args:
        anchors: Offsets into `page`.
        page: The text that was cleaned.
        blocks: What is left of it.
        gap: What joins the blocks.
    """
    if not anchors:
        return ()
    lines = _Lines(page)
    moved: list[Anchor] = []
    at = 0
    for block in blocks:
        for start, line in _lines(block.text):
            found = lines.find(block.kind, line)
            if found is not None:
                end = found + len(line)
                moved += _shifted(anchors, found, end, by=at + start - found)
        at += len(block.text) + len(gap)
    return tuple(_without_repeats(moved))


class _Lines:
    """The lines of a page. Blocks of one kind are in the page's order, so each is sought once."""

    def __init__(self, page: str) -> None:
        self._starts: defaultdict[str, list[int]] = defaultdict(list)
        self._sought_from: defaultdict[str, int] = defaultdict(int)  # by kind of block
        for start, line in _lines(page):
            self._starts[line].append(start)

    def find(self, kind: str, line: str) -> int | None:
        """Return where the next such line starts."""
        starts = self._starts.get(line, [])
        position = bisect_left(starts, self._sought_from[kind])
        if position == len(starts):
            return None
        self._sought_from[kind] = starts[position] + 1
        return starts[position]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the start and text of each line, without the white space around it."""
    for match in LINE.finditer(text):
        if line := CONTROL.sub("", match[0]).strip():
            yield match.start() + match[0].index(line[0]), line


def _shifted(anchors: Sequence[Anchor], start: int, end: int, by: int) -> Iterator[Anchor]:
    """Yield the anchors in force from `start` to `end`, shifted by a number of characters."""
    first = bisect_right(anchors, start, key=lambda anchor: anchor.start) - 1
    for anchor in anchors[max(0, first) :]:
        if anchor.start >= end:
            break
        yield Anchor(max(anchor.start, start) + by, anchor.location)


def _without_repeats(anchors: Sequence[Anchor]) -> Iterator[Anchor]:
    """Drop an anchor at the same location as the one before it."""
    location = None
    for anchor in anchors:
        if anchor.location != location:
            yield anchor
        location = anchor.location
