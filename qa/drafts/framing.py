"""Whether a sentence of the archive speaks of the same thing as a sentence of a draft.

Stricter for "the archive says otherwise" than for "the archive says so too": there, both must also
be alike in what is planned, past, denied, or only a part of a whole, as `qa/agreement` demands.
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import regex

from index.text import scripts
from qa.agreement.days import StatedDate, compatible, dates
from qa.agreement.markers import without_attribution
from qa.agreement.names import TITLES
from qa.agreement.quantities import quantities
from qa.agreement.statement import Statement
from qa.agreement.wording import content, proper_names, replaced, uncovered

from .across import coverage_across, name_across
from .evidence import Place

MIN_SAME = 0.5  # share of the draft's words that the archive has, to say the same
MIN_OTHER = 0.6  # and to say something else, with some name of the draft
MIN_ALONE = 0.75  # or without any
MIN_BACK, MIN_BACK_HAN = 0.5, 0.7  # share of the archive's words, around what it says, that the draft has
MIN_WORDS, MIN_HAN = 2, 3  # content words of a clause; a shorter one is read with its neighbour
MIN_SHARED_HAN = 3  # ideographs that both have
NEARLY_ALL = 0.9
FEW = 2  # words of the archive that may always be missing where it has all of the draft's
ENDS = "。！？"
# Before this comma stands what the rest is about or when it was: "Among women, ..." "2019年，..."
OPENING = regex.compile(
    r"(?:Among|Of|In|On|At|For|During|After|Before|Under|By|From|With|Since|Until)\b[^,]{0,60},"
    r"|[^，。]{0,12}[年月日天中里内]，"
)
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
        opening = OPENING.match(self.sentence)
        first = opening.end() if opening else 0
        cuts = [m.end() for m in CLAUSE_END.finditer(self.sentence) if m.end() > first]
        cuts = [0, *cuts, len(self.sentence)]
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
    def near(self) -> frozenset[tuple[str, str]]:
        """The first letters of the words just before and just after it, within its clause."""
        window = WINDOW_HAN if self.script == "Han" else WINDOW
        left, right = self.clause
        before = self.sentence[max(left, self.start - window) : self.start]
        after = self.sentence[self.end : min(right, self.end + window)]
        sides = (("before", before), ("after", after))
        return frozenset((side, word[:4]) for side, text in sides for word in content(text))

    @cached_property
    def beside(self) -> list[str]:
        """The content words of its clause, whoever reports it."""
        left, right = self.clause
        return content(f"{self.sentence[left : self.start]} # {self.sentence[self.end : right]}")

    @cached_property
    def anchors(self) -> list[str]:
        """The content word before it and the one after it, as far as the clause has them."""
        left, right = self.clause
        before, after = self.sentence[left : self.start], self.sentence[self.end : right]
        return [*content(before)[-1:], *content(after)[:1]]

    def times(self, day: datetime.date | None) -> list[StatedDate]:
        """The dates that its clause, or the opening of its sentence, states beside it."""
        left, right = self.clause
        opening = OPENING.match(self.sentence)
        first = opening.end() if opening else 0
        return [
            date
            for date in dates(self.sentence, day)
            if (date.end <= first or left <= date.start < right)
            and (date.end <= self.start or self.end <= date.start)
        ]

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
    if not same_neighbours(draft, archive):
        return False
    if draft.script == "Han" and _has_other_subject(draft, archive, place):
        return False
    covered = coverage(draft, place)
    named = bool(context) and shares_topic(draft, place, context)
    if covered < (MIN_OTHER if named and draft.script != "Han" else MIN_ALONE):
        return False
    back = archive.words
    known = [*draft.said, *(word for name in context for word in content(name))]
    missed = len(uncovered(back, known))
    return missed <= max((1 - (MIN_BACK_HAN if draft.script == "Han" else MIN_BACK)) * len(back), FEW if covered >= NEARLY_ALL else 0)


def _has_other_subject(draft: Frame, archive: Frame, place: Place) -> bool:
    """Whether another word stands in the place of one that the archive lacks."""
    missed = uncovered(draft.words, place.words)
    ours, theirs = draft.sentence[slice(*draft.clause)], archive.sentence[slice(*archive.clause)]
    return len(draft.words) - len(missed) < MIN_SHARED_HAN or replaced(missed, ours, theirs)


def outside(spans: Collection[Span], text: str) -> str:
    """Return a text with spaces in place of some of it."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def best_slot(draft: Frame, slots: Collection[Frame]) -> Frame | None:
    """Return which of several figures or names is said of the same thing, by the words around.

    None if two fit equally well, or none fits at all.
    """
    ranked = sorted(slots, key=lambda slot: _likeness(draft, slot), reverse=True)
    scores = [_likeness(draft, slot) for slot in ranked]
    if not scores or (len(scores) > 1 and scores[0] == scores[1]):
        return None
    return ranked[0] if scores[0][0] or not draft.near else None


def _likeness(one: Frame, other: Frame) -> tuple[int, int]:
    """Return how many words around are shared, and how many of them on the same side."""
    shared = {word for _, word in one.near} & {word for _, word in other.near}
    return len(shared), len(one.near & other.near)


def same_time(draft: Frame, archive: Frame, place: Place, day: datetime.date | None) -> bool:
    """Whether the times that two sentences state, beside the claim, may be the same.

    A year that only one of them states must be that of the article.
    """
    written = place.hit.article.date
    ours, theirs = draft.times(day), archive.times(written)
    for times, others in ((ours, theirs), (theirs, ours)):
        for time in times:
            if others and not any(compatible(time, other) for other in others):
                return False
            if not others and time.year and written and time.year != written.year:
                return False
    return True


def same_neighbours(draft: Frame, archive: Frame) -> bool:
    """Whether a word just beside one claim is said of the other: "insured by" is not "owned by"."""
    return _any_near(draft, archive) or _any_near(archive, draft)


def _any_near(one: Frame, other: Frame) -> bool:
    anchors = [word for word in one.anchors if word not in TITLES]
    return len(uncovered(anchors, other.beside)) < max(1, len(anchors))
