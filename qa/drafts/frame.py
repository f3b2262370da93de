"""A claim, or what stands in its place in the archive, within its clause and sentence."""

import datetime
from dataclasses import dataclass
from functools import cached_property

import regex

from index.text import scripts
from qa.agreement.days import StatedDate, dates
from qa.agreement.markers import without_attribution
from qa.agreement.quantities import quantities
from qa.agreement.statement import Statement
from qa.agreement.wording import content, proper_names

MIN_WORDS, MIN_HAN = 2, 3  # content words of a clause; a shorter one is read with its neighbour
MAX_NEIGHBOURS = 6  # clauses; each costs a look at all of them
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
    opening: str = ""  # of its paragraph

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
        for _ in range(MAX_NEIGHBOURS):
            if len(self._words(cuts[left], cuts[right])) >= enough:
                break
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

    @cached_property
    def before(self) -> str:
        """The two characters before it."""
        return self.sentence[max(0, self.start - 2) : self.start]

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
