"""Articles and their parts: what every later step of the index and every answer refers to.

Only the data. `cleaning/assemble.py` makes articles of what the readers in `formats/` yield.
"""

import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Part:
    """Where in an article's text a title, the body or one teaser stands; offsets in code points."""

    start: int
    end: int
    kind: str  # "title" | "body" | "teaser"
    title: str | None = None  # a teaser's own headline


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the archive. `text` is what all offsets in passages and answers refer to."""

    id: str
    title: str | None
    text: str
    date: datetime.date | None
    language: str | None
    path: str
    url: str | None = None
    author: str | None = None
    parts: tuple[Part, ...] = field(default=(), repr=False)
    place: str = field(default="", repr=False)  # the path, and "#" and which line, entry or member
