"""Whether a sentence of the archive speaks of the same thing as a sentence of a draft.

Stricter for "the archive says otherwise" than for "the archive says so too": there, both must also
be alike in what is planned, past, denied, or only a part of a whole, as `qa/agreement` demands.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import regex

from index.text import scripts
from qa.agreement.markers import without_attribution
from qa.agreement.quantities import quantities
from qa.agreement.statement import Statement
from qa.agreement.wording import content, proper_names, uncovered

from .across import coverage_across, name_across
from .evidence import Place

MIN_SAME = 0.5  # share of the draft's words that the archive has, to say the same
MIN_OTHER = 0.6  # and to say something else, with some name of the draft
MIN_ALONE = 0.75  # or without any
MIN_BACK = 0.5  # share of the archive's words, around what it says, that the draft has
MIN_WORDS, MIN_HAN = 2, 3  # content words of a clause; a shorter one is read with its neighbour
NEARLY_ALL = 0.9
FEW = 2  # words of the archive that may always be missing where it has all of the draft's
ENDS = "。！？"
CLAUSE_END = regex.compile(r"[,;:](?=\s)|[，；：、。！？]|\b(?:and|but|while|which|who)\b| [-–—] ")
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
        """The bounds of the clause around it, and of its neighbours if it says little."""
        cuts = [0, *(m.end() for m in CLAUSE_END.finditer(self.sentence)), len(self.sentence)]
        left = max(n for n, cut in enumerate(cuts) if cut <= self.start)
        right = min(n for n, cut in enumerate(cuts) if cut >= self.end)
        enough = MIN_HAN if self.script == "Han" else MIN_WORDS
        while len(self._words(cuts[left], cuts[right])) < enough:
            if left > 0 and self.sentence[cuts[left] - 1] not in ENDS:
                left -= 1
            elif right < len(cuts) - 1 and self.sentence[cuts[right] - 1] not in ENDS:
                right += 1
            else:
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
    def named(self) -> set[str]:
        """The capitalised words of the sentence, folded."""
        return proper_names(self.sentence)

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
    """Return the share of the words of a draft's clause that a sentence of the archive has.

    Names may stand anywhere around that sentence.
    """
    if draft.script != place.script and place.script is not None:
        return coverage_across(draft.sentence[slice(*draft.clause)], place)
    words = draft.words or draft.said
    missed = uncovered(words, place.words)
    named = [word for word in missed if word in draft.named and word in place.background_words]
    return 1 - (len(missed) - len(named)) / len(words) if words else 0.0


def shares_topic(draft: Frame, place: Place, context: Collection[str]) -> bool:
    """Whether an article mentions a name of the draft's paragraph; True if that names nothing."""
    if draft.script != place.script:
        return not context or any(name_across(name, place) for name in context)
    text = place.background.casefold()
    return not context or any(name.casefold() in text for name in context)


def same_frame(draft: Frame, archive: Frame, place: Place, context: Collection[str]) -> bool:
    """Whether little but the claim tells two clauses apart."""
    one, other = draft.statement, archive.statement
    if (one.stage, one.scope, one.denied) != (other.stage, other.scope, other.denied):
        return False
    if draft.script != archive.script or proper_names(one.around) - place.background_words:
        return False
    covered = coverage(draft, place)
    named = bool(context) and shares_topic(draft, place, context)
    if covered < (MIN_OTHER if named else MIN_ALONE):
        return False
    back = archive.words
    known = [*draft.said, *(word for name in context for word in content(name))]
    missed = len(uncovered(back, known))
    return missed <= max((1 - MIN_BACK) * len(back), FEW if covered >= NEARLY_ALL else 0)


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
