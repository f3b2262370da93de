"""The text around a citation, copied from its paragraph when the answer is made.

A source can then be shown without reading the archive again, where a build may have replaced or
removed the article in the meantime.
"""

from dataclasses import dataclass

CONTEXT_LIMIT = 1000  # code points kept on each side: a 10 MB article may be a single paragraph
PARAGRAPH_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class Context:
    """What precedes and follows a citation in its paragraph, verbatim and without a gap."""

    before: str = ""
    after: str = ""


def context_around(text: str, start: int, end: int, *, next_paragraph: bool = False) -> Context:
    r"""Return the rest of the paragraph(s) that hold `text[start:end]`.

    With `next_paragraph`, the paragraph that follows is included too. At most CONTEXT_LIMIT code
    points are kept, and searched for a paragraph break, on each side.

    >>> context_around("One.\n\nTwo. Three.\n\nFour.", 11, 17)
    Context(before='Two. ', after='')
    """
    first, last = max(0, start - CONTEXT_LIMIT), min(len(text), end + CONTEXT_LIMIT)
    break_before = text.rfind(PARAGRAPH_BREAK, max(0, first - len(PARAGRAPH_BREAK)), start)
    if break_before >= 0:
        first = max(first, break_before + len(PARAGRAPH_BREAK))
    stop = _paragraph_end(text, end, last)
    if next_paragraph:
        stop = _paragraph_end(text, min(stop + len(PARAGRAPH_BREAK), last), last)
    return Context(text[first:start], text[end:stop])


def _paragraph_end(text: str, start: int, limit: int) -> int:
    """Return the offset of the first paragraph break from `start` on, or `limit`."""
    found = text.find(PARAGRAPH_BREAK, start, limit + len(PARAGRAPH_BREAK))
    return limit if found < 0 else min(found, limit)
