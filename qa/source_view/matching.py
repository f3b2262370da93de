"""Find a quotation in the pieces of a source, whatever was done to its spaces and hyphens.

An article's text is joined from lines: hyphens at their ends are gone, spaces are new. Only
letters, digits and the like are compared, without accents and in their plain forms.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

# spaces, control characters, marks, hyphens, and what is turned round between right-to-left words
DROPPED = {"Zs", "Zl", "Zp", "Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Pd", "Ps", "Pe", "Pi", "Pf"}
MIN_PART = 12  # characters of a quotation that goes on in the next piece


@dataclass(frozen=True, slots=True)
class Found:
    """A part of a quotation: characters `start` to `end` of piece number `piece`."""

    piece: int
    start: int
    end: int


class _Folding(dict[int, str]):
    """What is compared of each character, computed once."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code))
        self[code] = "".join(c for c in plain if unicodedata.category(c) not in DROPPED)
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    r"""Return what is compared of a text.

    >>> fold("a \ufb01rst-\nrate caf\u00e9"), fold("\u2f46 \u65e0")
    ('afirstratecafe', '无无')
    """
    return text.translate(_FOLDING)


def find_quote(pieces: Sequence[str], quote: str) -> list[Found]:
    """Return where a quotation stands, in the order of the pieces; [] if it does not.

    If it does not stand there as a whole, as one that goes on after other text does not, its
    paragraphs are looked for one by one, and what of a paragraph ends the pieces or begins them.
    """
    text = _Pieces(pieces)
    for wanted in ([quote], quote.split("\n\n")):
        found = [part for each in wanted for part in text.find(fold(each))]
        if found:
            return found
    return []


def find_across(pages: Sequence[Sequence[str]], quote: str) -> list[list[Found]]:
    """Return for each of some pages, given as pieces, where a quotation that begins on one stands.

    A quotation that goes on on the next page stands at the end of the one and the start of the
    other, with running titles between.
    """
    for number, pieces in enumerate(pages):
        if found := find_quote(pieces, quote):
            return [found if n == number else [] for n in range(len(pages))]
    if len(pages) != 2:
        return [[] for _ in pages]
    first, second = map(_Pieces, pages)
    folded = fold(quote)
    length = first.longest_start(folded)
    if min(length, len(folded) - length) < MIN_PART or folded[length:] not in second.text:
        return [[], []]
    return [list(first.find(folded[:length])), list(second.find(folded[length:]))]


class _Pieces:
    """The folded text of some pieces, and which character of it is from where."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._pieces = pieces
        folded = [fold(piece) for piece in pieces]
        self.text = "".join(folded)
        self._starts = [0, *accumulate(map(len, folded))]

    def find(self, folded: str) -> Iterator[Found]:
        at = self.text.find(folded) if folded else -1
        if at < 0:
            return
        end = at + len(folded)
        first = bisect_right(self._starts, at) - 1
        for number in range(first, len(self._pieces)):
            begins, ends = self._starts[number : number + 2]
            if begins >= end:
                return
            if begins < ends:
                piece = self._pieces[number]
                yield Found(
                    number,
                    _offset(piece, max(at - begins, 0)),
                    _offset(piece, min(end, ends) - begins - 1) + 1,
                )

    def longest_start(self, folded: str) -> int:
        """Return how much of a text's start stands here: of a start, each shorter one does too."""
        low, high = 0, len(folded)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if folded[:middle] in self.text else (low, middle - 1)
        return low


def _offset(piece: str, folded: int) -> int:
    """Return the offset of the character that folded character number `folded` is of."""
    count = 0
    for offset, character in enumerate(piece):
        count += len(_FOLDING[ord(character)])
        if count > folded:
            return offset
    return len(piece)
