"""Texts without differences of typesetting, to compare quotations word for word.

Equal means equal but for white space, the shapes of quotation marks, apostrophes, dashes and
ellipses, and punctuation at both ends. Nothing else is forgiven, not even a capital.
"""

import regex

EDGES = " ,.;:!?…-，。；：！？、'\""
REWRITTEN = regex.compile(
    r"\s+|\.(?:\s?\.){2,}|[⋯]|…+|[–—―‒]|[\"'“”„‟«»‹›「」『』‘’‚‛`´〝〞〟﹁﹂﹃﹄＂＇]"
)


class Normalised:
    """A text without differences of typesetting, and the way back to its offsets."""

    def __init__(self, text: str) -> None:
        parts: list[str] = []
        self.offsets: list[int] = []  # of each character, in the text; and the end
        at = 0
        for match in REWRITTEN.finditer(text):
            parts.append(text[at : match.start()])
            self.offsets += range(at, match.start())
            parts.append(_shape(match[0]))
            self.offsets += [match.start()] * len(parts[-1])
            at = match.end()
        parts.append(text[at:])
        self.offsets += range(at, len(text) + 1)
        self.text = "".join(parts)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a piece of the normalised text stands in the text."""
        return self.offsets[start], self.offsets[end - 1] + 1 if end > start else self.offsets[end]


def bare(quotation: str) -> str:
    """Return a quotation without its marks and the punctuation at both ends.

    >>> bare("“It’s over,”")
    'It’s over'
    """
    return quotation[1:-1].strip(EDGES)


def normalised(quotation: str) -> str:
    """Return a quotation without its marks, as it is compared.

    >>> normalised("“It’s  over ...,”"), normalised("「今天很冷。」")
    ("It's over", '今天很冷')
    """
    return Normalised(quotation[1:-1]).text.strip(EDGES)


def _shape(text: str) -> str:
    if text[0].isspace():
        return " "
    if text[0] in "….⋯":
        return "…"
    return "-" if text[0] in "–—―‒" else "'"
