"""Find what in a draft can be looked up: quotations, and outside of them numbers, dates, names."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Literal

import regex

from index.passage import sentences
from index.text.language import detect
from qa.agreement.days import StatedDate, dates
from qa.agreement.quantities import Quantity, quantities
from qa.drafts.report import Kind

from .markup import prose
from .naming import names
from .quotations import masked, quotations

MAX_CLAIMS = 500
MAX_COUNTED = 5_000  # claims after which no more are looked for
# A longer sentence is read in pieces, cut between words: all of it is looked at for each claim.
PIECE = regex.compile(r".{1,1000}\Z|.{1,1000}(?<=[\s,，、；])|.{1,1000}", regex.DOTALL)
OPENING = regex.compile(r"\W*[^，。、；：,.;:（）()]{0,60}")
PARAGRAPH = regex.compile(r"[^\n]+")
# Around a number that is part of a name, a time of day, a score or a version: "F-35", "10:30".
PART_BEFORE = regex.compile(
    r"[\p{L}\p{N}][-–:./]$|\p{Latin}$|[第#]$|\bNo\.? ?$"
    r"|(?:明治|大正|昭和|平成|令和|民[國国])$"  # the year of an era, beside that of our own
)
PART_AFTER = regex.compile(r"[-–:/]\p{N}|-\p{L}+-\p{L}|号[线楼]|[a-z]")
DECADE = regex.compile(r"年?代|世紀|世纪|s\b")
BESIDE = regex.compile(r"[,，]?\s?[(（]?")
HAN = regex.compile(r"\p{Han}")
LONGEST_NUMBER = 40  # characters, with its unit
PLURAL = regex.compile(r" [a-z]{3,}s\b")  # "2000 visitors" names no year

NUMERAL = regex.compile(r"[\p{N}一二三四五六七八九十百千万亿]")
MAX_NUMERALS = 50_000  # characters of numbers that are looked at; each takes time, claim or not

Span = tuple[int, int]
Found = Kind | Literal["guess"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Something to look up: offsets are code points into the draft."""

    start: int
    end: int
    kind: Kind
    guess: bool = False  # a word that may be a name, worth a claim only if the archive has it

    @property
    def is_name(self) -> bool:
        """Whether it is surely a name."""
        return self.kind == "name" and not self.guess


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a draft, as prose of the same length, with its claims."""

    start: int  # code points into the draft
    text: str
    mentions: tuple[Mention, ...]
    paragraph: int
    opening: str = ""  # of the paragraph, up to the first mark: it may name the subject

    def at(self, mention: Mention) -> Span:
        """Return where a claim stands in the sentence."""
        return mention.start - self.start, mention.end - self.start


def find_claims(text: str, day: datetime.date | None) -> tuple[list[Sentence], int]:
    """Return the sentences of a draft that claim something, and how many claims are left out.

    Far more than `MAX_CLAIMS` are not counted to the end.

    Args:
        text: The draft.
        day: When it was written; without it, words such as "yesterday" are no claims.
    """
    plain = prose(text)
    quoted = quotations(plain)
    taken = bytearray(len(plain))
    spans: list[tuple[Found, Span]] = [
        found for span in quoted for found in _free(taken, "quotation", span)
    ]
    pieces: list[tuple[int, int, int]] = []
    numerals = 0
    for piece in _sentences(plain, quoted):
        pieces.append(piece)
        _, start, end = piece
        for kind, span in _figures(plain[start:end], day):
            spans += _free(taken, kind, (start + span[0], start + span[1]))
        numerals += len(NUMERAL.findall(plain, start, end))
        if len(spans) > MAX_COUNTED or numerals > MAX_NUMERALS:
            break
    looked_at = plain[: pieces[-1][2] if pieces else 0]
    for name in islice(names(looked_at), MAX_COUNTED):
        kind = "guess" if name.kind == "guess" else "name"
        spans += _free(taken, kind, (name.start, name.end))
    return _by_sentence(plain, pieces, sorted(spans, key=lambda found: found[1]))


def _free(taken: bytearray, kind: Found, span: Span) -> list[tuple[Found, Span]]:
    """Return a claim unless it overlaps an earlier one."""
    start, end = span
    if 1 in taken[start:end]:
        return []
    taken[start:end] = b"\1" * (end - start)
    return [(kind, span)]


def _by_sentence(
    plain: str, pieces: Sequence[tuple[int, int, int]], spans: Sequence[tuple[Found, Span]]
) -> tuple[list[Sentence], int]:
    found = []
    at = 0
    opening, opened = "", -1
    for paragraph, start, end in pieces:
        if paragraph != opened:
            first = OPENING.match(plain, start, end)
            opening, opened = first[0] if first else "", paragraph
        mentions = []
        while at < len(spans) and spans[at][1][0] < end:
            if at < MAX_CLAIMS:
                kind, span = spans[at]
                guess = kind == "guess"
                mentions.append(Mention(*span, "name" if kind == "guess" else kind, guess))
            at += 1
        if mentions:
            found.append(Sentence(start, plain[start:end], tuple(mentions), paragraph, opening))
    return found, max(0, len(spans) - MAX_CLAIMS)


def _sentences(plain: str, quoted: Sequence[Span]) -> Iterator[tuple[int, int, int]]:
    """Yield (paragraph, start, end) of each sentence; a full stop in a quotation ends none."""
    for number, paragraph in enumerate(PARAGRAPH.finditer(masked(plain, quoted))):
        if paragraph[0].strip():
            first, last = paragraph.span()
            for start, end in sentences(paragraph[0], detect(plain[first:last])):
                for piece in PIECE.finditer(paragraph[0], start, end):
                    yield number, first + piece.start(), first + piece.end()


def _figures(sentence: str, day: datetime.date | None) -> Iterator[tuple[Found, Span]]:
    """Yield the dates of a sentence, then its numbers; some numbers are part of dates."""
    for start, end in _dates(sentence, day):
        yield "date", (start, end)
    for quantity in quantities(sentence):
        if is_figure(sentence, quantity):
            yield "number", (quantity.start, quantity.end)


def _dates(sentence: str, day: datetime.date | None) -> list[Span]:
    """Return the dates of a sentence; "Friday, 3 October" is one, the day of the month."""
    found = [d for d in dates(sentence, day) if not _counts_something(sentence, d)]
    beside = set()
    for one, other in pairwise(found):
        if one.relative != other.relative and BESIDE.fullmatch(sentence, one.end, other.start):
            beside.add(one if one.relative else other)
    kept = [d for d in found if d not in beside]
    return [(d.start, d.start + len(sentence[d.start : d.end].rstrip(" .,"))) for d in kept]


def _counts_something(sentence: str, date: StatedDate) -> bool:
    only_year = date.year and not date.month and sentence[date.start : date.end].isdigit()
    return bool(only_year and PLURAL.match(sentence, date.end))


def is_figure(sentence: str, quantity: Quantity) -> bool:
    """Return whether a quantity states a number: not "one", "F-35", "10:30" or the 四 of 四川.

    >>> text = "One F-35 left at 10:30 with 4 men; 四川有三人。"
    >>> [text[q.start:q.end] for q in quantities(text) if is_figure(text, q)]
    ['4 men', '三人']
    """
    number = sentence[quantity.start : quantity.end]
    if len(number) > LONGEST_NUMBER:
        return False
    if PART_BEFORE.search(sentence, max(0, quantity.start - 4), quantity.start):
        return False
    if DECADE.match(sentence, quantity.end):
        return False
    digits = any(c.isdecimal() for c in number)
    if digits:
        return not (PART_AFTER.match(sentence, quantity.end) and number[-1:].isdecimal())
    if HAN.match(number):
        return bool(quantity.unit) and quantity.value > 1
    return quantity.value > 1
