"""The article: the unit that seeds become and that passages, citations and answers point into.

Data only. `formats/` reads files, and `cleaning/assemble.py` makes articles of what it reads.
"""

import datetime
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Part:
    """A title, the body or one teaser, as a span of its article's text in code points."""

    start: int
    end: int
    kind: str  # "title" | "body" | "teaser"
    title: str | None = None  # a teaser's own headline


@dataclass(frozen=True, slots=True)
class Location:
    """Where a text stands in its source, as far as the source says so."""

    page: int | None = None  # of a PDF; the first is 1, whatever number is printed on it
    seconds: float | None = None  # since the start of a recording


@dataclass(frozen=True, slots=True)
class Anchor:
    """From offset `start` up to the next anchor, a text stands at `location` in its source."""

    start: int
    location: Location


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the archive; every offset in passages and answers is into its `text`."""

    id: str
    title: str | None
    text: str
    date: datetime.date | None
    language: str | None  # ISO 639-1, in lower case
    path: str  # of the seed file, relative to the seeds folder
    url: str | None = None
    author: str | None = None
    parts: tuple[Part, ...] = field(default=(), repr=False)  # in order, without overlap
    place: str = field(default="", repr=False)  # the path, then "#" and the line, entry or member
    anchors: tuple[Anchor, ...] = field(default=(), repr=False)  # by start; () if nothing is known
    # digest of what was cleaned; None if nothing was, or once it is stored
    source: bytes | None = field(default=None, repr=False, compare=False)
    # its archive's name, where several are open; then `id` starts with it
    archive: str = field(default="", repr=False)

    def location(self, at: int) -> Location | None:
        """Return where the character at offset `at` stands in the source, if that is known."""
        return location_at(self.anchors, at)


def location_at(anchors: Sequence[Anchor], at: int) -> Location | None:
    """Return the location of the last anchor that starts at or before offset `at`."""
    following = bisect_right(anchors, at, key=lambda anchor: anchor.start)
    return anchors[following - 1].location if following else None
