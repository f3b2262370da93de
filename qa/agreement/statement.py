"""An answer in its sentence, read for what it states: a quantity, a date, a name, and its denial.

Knows texts, not articles or models.
"""

import datetime
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from index.text import scripts

from .days import StatedDate, dates
from .markers import CLAUSE_END, denied, scope, stage, without_attribution
from .names import is_name
from .quantities import Quantity, quantities
from .wording import content, proper_names

Kind = Literal["quantity", "date", "name", "other"]

ASKS_WHEN = re.compile(
    r"\bwhen\b|\b(?:what|which) (?:day|date|year|month)\b"
    r"|什么时候|何时|哪一?[天日年]|几月|几号|几时",
    re.IGNORECASE,
)
ASKS_HOW_MUCH = re.compile(
    r"\bhow (?:\w+)\b|\b(?:rate|share|percentage|price|number|cost|size|population|value)\b"
    r"|多少|几|多[大高长远深重]|比例|价格|人数",
    re.IGNORECASE,
)
# A question for more than one fact, or for a reason: its answers do not contradict each other.
OPEN = re.compile(
    r"\bwhy\b|\bhow (?:do|did|does|can|was|is|are|were)\b|为什么|为何|怎么|怎样|如何|哪些", re.I
)
MIN_SHARE = 0.5  # of an answer's characters that its quantity takes up


@dataclass(frozen=True)
class Statement:
    """An answer to a question in its sentence, of an article written on `day`."""

    question: str
    sentence: str
    start: int  # of the answer, code points into the sentence
    end: int
    day: datetime.date | None = None

    @property
    def text(self) -> str:
        """The answer, verbatim."""
        return self.sentence[self.start : self.end]

    @property
    def value(self) -> str:
        """The answer to show: verbatim, or the day that a word such as "yesterday" means."""
        if self.kind == "date" and self.date and self.date.relative:
            return self.date.isoformat()
        return self.text

    @cached_property
    def kind(self) -> Kind:
        """What the answer is."""
        if ASKS_WHEN.search(self.question):
            return "date" if self.date else "other"
        if self.is_open:
            return "other"
        if self.quantity:
            return "quantity"
        return "name" if is_name(self.text) else "other"

    @property
    def is_open(self) -> bool:
        """Whether the question may have several right answers."""
        return OPEN.search(self.question) is not None

    @cached_property
    def quantity(self) -> Quantity | None:
        """The only quantity of the answer, with the unit that follows it; None if unclear."""
        found = [q for q in quantities(self._claim) if q.start < self.end and self.start < q.end]
        if len(found) != 1:
            return None
        covered = min(found[0].end, self.end) - max(found[0].start, self.start)
        enough = covered >= MIN_SHARE * (self.end - self.start)
        return found[0] if enough or ASKS_HOW_MUCH.search(self.question) else None

    @cached_property
    def date(self) -> StatedDate | None:
        """The date of the answer, None if there are several; "Friday, 3 October" is one."""
        found = [d for d in self._dates if d.start < self.end and self.start < d.end]
        found = [d for d in found if not d.relative] or found
        return found[0] if len(found) == 1 else None

    @cached_property
    def times(self) -> list[StatedDate]:
        """The dates that the sentence states before the answer or in its clause."""
        clause_end = CLAUSE_END.search(self._claim, self.end)
        end = clause_end.start() if clause_end else len(self._claim)
        return [d for d in self._dates if d.end <= self.start or self.end <= d.start < end]

    @property
    def current(self) -> bool:
        """Whether it is about the year in which it was written, or one that was asked for."""
        if self.stage in ("former", "given up"):
            return False
        if self.day is None or self.kind == "date":
            return True
        asked = {date.year for date in dates(self.question, None)}
        return all(t.year in (None, self.day.year) or t.year in asked for t in self.times)

    @cached_property
    def denied(self) -> bool:
        """Whether the answer is denied: "was not ordered by", "没有下令"."""
        return denied(self._claim, self.start, self.end)

    @cached_property
    def stage(self) -> str:
        """How far what is stated had come, as in `markers.stage`; a day to come is planned."""
        found = stage(self.around, self.question)
        ahead = self.kind == "date" and self.date and self.day and self.date.after(self.day)
        return "planned" if found == "so" and ahead else found

    @cached_property
    def scope(self) -> frozenset[str]:
        """The words that say for which part of a whole its figure is."""
        return scope(self.around, self.question)

    @cached_property
    def figures(self) -> list[Quantity]:
        """The quantities that the sentence states beside the answer."""
        found = quantities(self.sentence)
        return [q for q in found if q.end <= self.start or q.start >= self.end]

    @cached_property
    def names(self) -> set[str]:
        """The proper names around the answer."""
        return proper_names(self.around)

    @cached_property
    def words(self) -> list[str]:
        """The content words around the answer."""
        return content(self._without_times)

    @cached_property
    def script(self) -> str | None:
        """The script of the sentence."""
        return scripts.of_text(self.sentence)

    @cached_property
    def said(self) -> list[str]:
        """All content words of the sentence."""
        return content(self.sentence)

    @cached_property
    def asked(self) -> list[str]:
        """The content words of the question."""
        return content(self.question)

    @cached_property
    def _claim(self) -> str:
        claim = without_attribution(self.sentence)
        # an attribution that seems to hold the answer is none
        return claim if claim[self.start : self.end] == self.text else self.sentence

    @cached_property
    def _dates(self) -> list[StatedDate]:
        return dates(self._claim, self.day)

    @cached_property
    def around(self) -> str:
        """The sentence without its answer and without who reports it."""
        return f"{self._claim[: self.start]} # {self._claim[self.end :]}"

    @cached_property
    def _without_times(self) -> str:
        text = self._claim
        blanks = [(self.start, self.end), *((d.start, d.end) for d in self.times)]
        if self.quantity:
            blanks.append((self.quantity.start, self.quantity.end))
        for start, end in blanks:
            text = text[:start] + " " * (end - start) + text[end:]
        return text
