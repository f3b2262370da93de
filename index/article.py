"""The article: the unit that seeds become and that passages, citations and answers point into.

Data only. `formats/` reads files, and `cleaning/assemble.py` makes articles of what it reads.
"""

import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Part:
    """A title, the body or one teaser, as a span of its article's text in code points."""

    start: int
    end: int
    kind: str  # "title" | "body" | "teaser"
    title: str | None = None  # a teaser's own headline


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
