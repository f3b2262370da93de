"""Runs of capitalised words in a text in Latin letters: what may be a name, not yet of what."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from .gazetteer import place_key
from .words import listed

OPENERS, PARTICLES = listed("latin", "openers"), listed("latin", "particles")
ORGANISATION_STARTS = listed("latin", "organisation_starts")
PLACE_STARTS = listed("latin", "place_starts")
SPLIT_BEFORE_PLACE = listed("latin", "split_before_place")
WORD = (
    r"(?:(?:al|el|as|ash|an|ad)-)?(?:\p{Lu}\.(?:\p{Lu}\.)+|\p{Lu}\.(?= ?\p{Lu})"
    r"|(?:Mr|Mrs|Ms|Dr|St|Prof|Sen|Gov|Gen|Rep|Lt|Col|Jr|Sr|Co|Mt)\."
    r"|(?:[OD]['’])?\p{Lu}[\p{L}\p{M}\p{N}]*(?:[-’'](?=\p{L})(?!s\b)[\p{L}\p{M}]+)*)"
)
MOST_WORDS = 15  # after the first
LINK = "|".join(sorted(PARTICLES))
RUN = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}@#'’_.-])(?P<name>{WORD}"
    rf"(?: (?:(?:of the|of|for the|for|&|{LINK}) ){{0,3}}{WORD}){{0,{MOST_WORDS}}})"
)
TOKEN = regex.compile(r"\S+")
START = regex.compile(r"(?:^|[.!?:;…—–|•\n]\s*|[\"“‘«(]\s*)$|(?:^|\s)['\"]$")
ADJECTIVES = ("-based", "-led", "-backed", "-owned", "-born")
CAPITALS = 0.7  # share of a line's letters that makes it a line in capitals
LETTER, UPPER = regex.compile(r"\p{L}"), regex.compile(r"\p{Lu}")
FEWEST_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one possible name, each with its place in the text."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    first: bool  # at the start of a sentence, where every word has a capital

    @property
    def text(self) -> str:
        """Return its words, joined."""
        return " ".join(self.words)

    def part(self, start: int, end: int | None = None) -> "Run":
        """Return some of its words."""
        return Run(self.words[start:end], self.spans[start:end], self.first and not start)


def is_capitals(line: str) -> bool:
    """Return whether a line is written in capitals, which then tell nothing.

    >>> is_capitals("FLOODS KILL DOZENS IN VIETNAM"), is_capitals("NATO met")
    (True, False)
    """
    letters = len(LETTER.findall(line))
    return letters >= FEWEST_LETTERS and len(UPPER.findall(line)) >= CAPITALS * letters


def runs(text: str) -> Iterator[Run]:
    """Yield the runs of a text, cut where "of" does not belong to a name.

    >>> [run.text for run in runs("Then the Bank of England told Mayor of London Sadiq Khan")]
    ['Then', 'Bank of England', 'Mayor', 'London Sadiq Khan']
    """
    for match in RUN.finditer(text):
        tokens = list(TOKEN.finditer(match["name"]))
        found = tuple(token.group() for token in tokens)
        spans = tuple((match.start() + t.start(), match.start() + t.end()) for t in tokens)
        first = bool(START.search(text[max(0, match.start() - 4) : match.start()]))
        yield from _cut(_without_opening(Run(found, spans, first)))


def _without_opening(run: Run) -> Run:
    """Drop the words before a name that have their capital from the start of a sentence."""
    at = 0
    while at < len(run.words) - 1 and _opens(run.words[at]):
        if place_key(" ".join(run.words[at : at + 2])):  # "The Hague"
            break
        at += 1
    return run.part(at) if at else run


def _opens(word: str) -> bool:
    return word in OPENERS or word in ("of", "for", "&") or word.endswith(ADJECTIVES)


def _cut(run: Run) -> Iterator[Run]:
    """Yield the parts of a run between the words "of" and "for" that join no name."""
    start = 0
    for at, word in enumerate(run.words):
        if word in ("of", "for") and at > start and not _joins(run.words[start:at]):
            yield run.part(start, at)
            start = at + 1 + (run.words[at + 1] == "the")
    if start < len(run.words):
        yield run.part(start)


def _joins(before: tuple[str, ...]) -> bool:
    if any(word in SPLIT_BEFORE_PLACE for word in before):
        return False
    return any(word in ORGANISATION_STARTS for word in before) or before[-1] in PLACE_STARTS
