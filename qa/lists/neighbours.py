"""Extend what a reader marked of an enumeration to the items beside it.

Conservative: an item at the edge of the clause, where no separator shows its bounds, is taken only
if its form does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .english import LEADING, NAME, is_name
from .han import han_item_in, without_predicate
from .pieces import Kind, Span
from .separators import Separator, is_han

LIKE = 2  # a Chinese neighbour is at most so many times as long as the longest item
MAX_PREFIX = 8  # characters of a title before a Chinese name


@dataclass(frozen=True, slots=True)
class Chain:
    """A clause cut at separators; separator n is between the pieces n and n + 1."""

    sentence: str
    question: str
    kind: Kind
    pieces: Sequence[Span]
    cuts: Sequence[Separator]

    def extend(self, first: int, last: int, span: Span) -> tuple[int, int, Span]:
        """Extend a marked span, which begins in piece `first` and ends in piece `last`."""
        start, end = span
        start = self._completed(first, start, min(end, self.pieces[first][1]))
        longest = max(min(b, end) - max(a, start) for a, b in self.pieces[first : last + 1])
        if not self.sentence[self.pieces[first][0] : start].strip():
            while first > 0 and (begin := self._before(first, longest)) is not None:
                first, start = first - 1, begin
        if not self.sentence[end : self.pieces[last][1]].strip():
            reached = last
            while (stop := self._after(reached, longest)) is not None:
                reached += 1
                if self.cuts[reached - 1].is_and or self._is_han:  # else it may be another clause
                    last, end = reached, stop
        return first, last, (start, end)

    @property
    def _is_han(self) -> bool:
        return is_han(self.sentence)

    @staticmethod
    def _is_like(item: Span, longest: int) -> bool:
        length = item[1] - item[0]
        return min(2, longest) <= length <= LIKE * longest

    def _completed(self, piece: int, start: int, end: int) -> int:
        """Return where the first item begins, if a title before the name was left out."""
        begin = self.pieces[piece][0]
        if piece == 0 or start <= begin:
            return start
        if self._is_han:
            return begin if start - begin <= MAX_PREFIX else start
        return begin if self.kind == "name" and is_name(self.sentence[begin:end]) else start

    def _before(self, piece: int, longest: int) -> int | None:
        """Return where the item before a piece begins, None if there is none."""
        start, end = self.pieces[piece - 1]
        if self._is_han:
            item = han_item_in(self.sentence, (start, end), self.kind, self.question)
            return item[0] if item and self._is_like(item, longest) else None
        # "However, ..." and "In Oslo, ..." look like names at the start of a sentence
        named = self.kind == "name" and is_name(self.sentence[start:end])
        return start if named and (piece > 1 or self.cuts[piece - 1].is_and) else None

    def _after(self, piece: int, longest: int) -> int | None:
        """Return where the item after a piece ends, None if there is none."""
        if piece + 1 >= len(self.pieces):
            return None
        start, end = self.pieces[piece + 1]
        if self._is_han:
            item = han_item_in(self.sentence, (start, end), self.kind, self.question)
            if item and piece + 2 == len(self.pieces):  # its end is open: a verb may follow
                item = without_predicate(self.sentence, item, self.question)
                if item[1] == end and item[1] - item[0] > longest + 1:
                    return None
            return item[1] if item and self._is_like(item, longest) else None
        if self.kind != "name":
            return None
        if piece + 2 < len(self.pieces):
            return end if is_name(self.sentence[start:end]) else None
        if found := LEADING.match(self.sentence, start, end):
            start = found.end()
        name = NAME.match(self.sentence, start, end)
        return name.end() if name and self.cuts[piece].is_and else None
