"""Whether a sentence of the archive speaks of the same thing as a sentence of a draft.

Stricter for "the archive says otherwise" than for "the archive says so too": there, both must also
be alike in what is planned, past, denied, or only a part of a whole, as `qa/agreement` demands.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

import regex

from index.text import scripts
from qa.agreement.markers import without_attribution
from qa.agreement.quantities import quantities
from qa.agreement.statement import Statement
from qa.agreement.wording import content, pieces, proper_names, uncovered

from .across import coverage_across
from .evidence import Place

MIN_SAME = 0.5  # share of the draft's words that the archive has, to say the same
MIN_OTHER = 0.6  # and to say something else, with some name of the draft
MIN_ALONE = 0.75  # or without any
MIN_BACK = 0.5  # share of the archive's words, around what it says, that the draft has
MIN_WORDS = 2  # content words of a clause; a shorter one is read with its neighbour
CLAUSE_END = regex.compile(r"[,;:](?=\s)|[，；：、。]|\b(?:and|but|while|which|who)\b| [-–—] ")
WINDOW = 24  # characters on both sides of a claim that tell which of several figures it is
WINDOW_HAN = 8

Span = tuple[int, int]


@dataclass(frozen=True)
class Frame:
    """A claim, or what may stand in its place in the archive, in its sentence and clause."""

    sentence: str
    start: int
    end: int

    @cached_property
    def clause(self) -> Span:
        """The bounds of the clause around it, or of more if that says little."""
        cuts = [0, *(m.end() for m in CLAUSE_END.finditer(self.sentence)), len(self.sentence)]
        left = max(i for i, cut in enumerate(cuts) if cut <= self.start)
        right = min(i for i, cut in enumerate(cuts) if cut >= self.end)
        while (left > 0 or right < len(cuts) - 1) and len(self._words(cuts[left], cuts[right])) < (
            MIN_WORDS * (3 if self.script == "Han" else 1)
        ):
            left = max(0, left - 1)
            if len(self._words(cuts[left], cuts[right])) < MIN_WORDS:
                right = min(len(cuts) - 1, right + 1)
            elif left == 0:
                break
        return cuts[left], cuts[right]

    @cached_property
    def script(self) -> str | None:
        """The script of the sentence."""
        return scripts.of_text(self.sentence)

    @cached_property
    def words(self) -> list[str]:
        """The content words of the clause, without figures and the claim itself."""
        return self._words(*self.clause)

    @cached_property
    def said(self) -> list[str]:
        """All content words of the sentence."""
        return content(self.sentence)

    @cached_property
    def statement(self) -> Statement:
        """The clause as an answer to no question."""
        left, right = self.clause
        clause = without_attribution(self.sentence)[left:right]
        if clause[self.start - left : self.end - left] != self.sentence[self.start : self.end]:
            clause = self.sentence[left:right]
        return Statement("", clause, self.start - left, self.end - left)

    @cached_property
    def near(self) -> frozenset[str]:
        """The first letters of the words just around it."""
        window = WINDOW_HAN if self.script == "Han" else WINDOW
        left, right = self.clause
        before = self.sentence[max(left, self.start - window) : self.start]
        after = self.sentence[self.end : min(right, self.end + window)]
        return frozenset(word[:4] for word in content(f"{before} # {after}"))

    def _words(self, left: int, right: int) -> list[str]:
        text = f"{self.sentence[left : self.start]} # {self.sentence[self.end : right]}"
        for q in reversed(quantities(text)):
            text = f"{text[: q.start]} {text[q.end :]}"
        return content(without_attribution(text))


def coverage(draft: Frame, place: Place) -> float:
    """Return the share of the words of a draft's clause that a sentence of the archive has."""
    if draft.script != place.script and place.script is not None:
        return coverage_across(draft.sentence[slice(*draft.clause)], place)
    words = draft.words or draft.said
    return 1 - len(uncovered(words, place.words)) / len(words) if words else 0.0


def shares_topic(draft: Frame, place: Place, context: Collection[str]) -> bool:
    """Whether an article mentions a name of the draft's sentence, or of its context.

    True also if the draft names nothing.
    """
    text = place.background.casefold()
    wanted = [name.casefold() for name in context]
    return not wanted or any(name in text for name in wanted)


def same_frame(draft: Frame, archive: Frame, place: Place, context: Collection[str]) -> bool:
    """Whether little but the claim tells two clauses apart."""
    one, other = draft.statement, archive.statement
    if (one.stage, one.scope, one.denied) != (other.stage, other.scope, other.denied):
        return False
    if draft.script != archive.script:
        return False
    background = set(pieces(place.background))
    if proper_names(one.around) - background:
        return False
    covered = coverage(draft, place)
    named = any(name.casefold() in place.background.casefold() for name in context)
    if covered < (MIN_OTHER if named else MIN_ALONE):
        return False
    back = archive.words
    known = [*draft.said, *(word for name in context for word in content(name))]
    missed = len(uncovered(back, known))
    return missed <= (1 - MIN_BACK) * len(back)


def outside(spans: Collection[Span], text: str) -> str:
    """Return a text with spaces in place of some of it."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def best_slot(draft: Frame, slots: Collection[Frame]) -> Frame | None:
    """Return which of several figures is said of the same thing, by the words around; None if none.

    A tie is none.
    """
    ranked = sorted(slots, key=lambda slot: -len(draft.near & slot.near))
    scores = [len(draft.near & slot.near) for slot in ranked]
    if not scores or (len(scores) > 1 and scores[0] == scores[1]) or not (scores[0] or not draft.near):
        return None
    return ranked[0]


def clauses(text: str) -> Iterator[Span]:
    """Yield the clauses of a sentence."""
    at = 0
    for match in CLAUSE_END.finditer(text):
        yield at, match.end()
        at = match.end()
    yield at, len(text)
