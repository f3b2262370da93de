"""Split a paragraph of any length into sentences, in time that grows with its length."""

from collections.abc import Iterator

import regex

from index import passage

LONGEST = 5_000  # characters that are split at once: sentencex takes time by their square
CUT = regex.compile(r"[。！？.!?]\s|[。！？]|\s")


def sentences(paragraph: str, language: str | None = None) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a paragraph as (start, end).

    A longer one is first cut into pieces, after a full stop or at a space where there is one.
    """
    start = 0
    while start < len(paragraph):
        end = _cut(paragraph, start)
        for first, last in passage.sentences(paragraph[start:end], language):
            yield start + first, start + last
        start = end


def _cut(paragraph: str, start: int) -> int:
    """Return where a piece ends: after the last full stop or else the last space that fits."""
    limit = start + LONGEST
    if len(paragraph) <= limit:
        return len(paragraph)
    cuts = list(CUT.finditer(paragraph, limit - LONGEST // 5, limit))
    ends = [cut for cut in cuts if not cut[0].isspace()]
    return (ends or cuts)[-1].end() if cuts else limit
