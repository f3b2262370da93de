"""What the pieces of an enumeration share, whatever their script."""

from typing import Literal

import regex

Span = tuple[int, int]
Kind = Literal["name", "date", "phrase"]

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
IS_TIME = regex.compile(
    rf"\d|[周曜]|星期|[一二三四五六七八九十]+[月日天]|\b(?:\p{{L}}+day|{MONTHS})s?\b"
)
AGE = regex.compile(r"\d{1,3}[岁歲歳]?")
BRACKETED = regex.compile(r"\s*+(?:\([^()]*+\)|（[^（）]*+）)$")
EDGES = " \t\n\u3000,;，；。"


def without_edges(text: str, start: int, end: int) -> Span:
    """Leave out marks and white space at the edges of a piece, and brackets at its end.

    >>> without_edges("Oslo (Norway),", 0, 14)
    (0, 4)
    """
    while start < end and text[start] in EDGES:
        start += 1
    while start < end and text[end - 1] in EDGES:
        end -= 1
    found = BRACKETED.search(text, start, end)
    return start, found.start() if found and found.start() > start else end
