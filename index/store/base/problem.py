"""One thing that `archive-qa check` found wrong, in a sentence and for `archive-qa repair`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """`what` says who mends it; `article` (its number) and `content` (a vector's key) say where."""

    what: str  # "pages" | "settings" | "article" | "passage" | "vector" | "keywords" | "file"
    sentence: str
    article: int | None = None
    content: bytes | None = None
