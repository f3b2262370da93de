"""Where an enumeration is cut: at commas, "and", 、 and 和, outside brackets and quotes."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from index.text import scripts
from qa.reader.span_rules import CLOSING, PAIRS

SPACED = regex.compile(
    r"(?P<comma>[,;])\s++(?:(?P<with>and|as\ well\ as|plus)\s++)?"
    r"|(?<=\S)\s++(?P<and>and|as\ well\ as|plus)\s++",
    regex.VERBOSE,
)
UNSPACED = regex.compile(r"[，,]?(?:以及|还有|還有|および|及び|ならびに)|、(?:和|与|與|及)?|；")
COMMA = regex.compile(r"[，,；]")
HAN_AND = frozenset("和与與及")
KANA_TO = regex.compile(r"(?<=[\p{Han}\p{Katakana}ー」』\d])と(?=[\p{Han}\p{Katakana}「『\d])")
# Names with an "and" in them.
JOINED = regex.compile(
    r"Bosnia and Herzegovina|Trinidad and Tobago|Antigua and Barbuda|St\.? Kitts and Nevis"
    r"|Saint Kitts and Nevis|São Tomé and Príncipe|Sao Tome and Principe|Turks and Caicos"
    r"|Saint Vincent and the Grenadines|Newfoundland and Labrador|Procter and Gamble"
    r"|Johnson and Johnson|Marks and Spencer|Ernst and Young|Research and Development"
)


@dataclass(frozen=True, slots=True)
class Separator:
    """A cut, from the end of one item to the start of the next."""

    start: int
    end: int
    is_and: bool = False  # with a word, not only a mark


def is_han(text: str) -> bool:
    """Return whether a text is Chinese or Japanese, or has their separator.

    >>> is_han("1887年和2004年"), is_han("In 1887")
    (True, False)
    """
    return "、" in text or scripts.of_text(text) == "Han"


def separators(text: str, start: int, end: int) -> list[Separator]:
    """Return where text[start:end] can be cut into the items of an enumeration, in order.

    >>> text = "Oslo, Bergen (with Voss, Odda) and Hull"
    >>> [text[s.start:s.end] for s in separators(text, 0, len(text))]
    [', ', ' and ']
    """
    closed = _enclosed(text, start, end)
    found = _unspaced(text, start, end) if is_han(text) else _spaced(text, start, end)
    return [cut for cut in found if not any(closed[cut.start - start : cut.end - start])]


def _spaced(text: str, start: int, end: int) -> list[Separator]:
    found = [
        Separator(m.start(), m.end(), m["comma"] is None or m["with"] is not None)
        for m in SPACED.finditer(text, start, end)
    ]
    commas = [cut for cut in found if text[cut.start] in ",;"]
    if len(commas) > 1 and commas[-1].is_and:  # "A, B and C, and D": only the last "and" separates
        return commas
    return found


def _unspaced(text: str, start: int, end: int) -> list[Separator]:
    found = [
        Separator(m.start(), m.end(), m[0] not in "、；")
        for m in UNSPACED.finditer(text, start, end)
    ]
    found += [Separator(*m.span(), is_and=True) for m in KANA_TO.finditer(text, start, end)]
    found += [Separator(a, b, is_and=True) for a, b in _and_words(text, start, end)]
    if not any(text[cut.start] == "、" for cut in found):
        found += [Separator(*m.span()) for m in COMMA.finditer(text, start, end)]
    distinct: list[Separator] = []
    for cut in sorted(found, key=lambda cut: (cut.start, -cut.end)):
        if not distinct or cut.start >= distinct[-1].end:
            distinct.append(cut)
    return distinct


def _and_words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where 和 and its like are words of their own: not in 共和国 or 李和平."""
    if HAN_AND.isdisjoint(text[start:end]):
        return
    import rjieba  # takes half a second to import

    for word in rjieba.cut(text[start:end], hmm=False):
        if word in HAN_AND:
            yield start, start + len(word)
        start += len(word)


def _enclosed(text: str, start: int, end: int) -> list[bool]:
    """Return for each character whether it is within brackets, quotes or a joined name."""
    enclosed = [False] * (end - start)
    opened: list[int] = []
    for place in range(start, end):
        if text[place] in PAIRS and text[place] != "‘":
            opened.append(place)
        elif opened and CLOSING.get(text[place]) == text[opened[-1]]:
            first = opened.pop()
            if not opened:
                enclosed[first - start : place + 1 - start] = [True] * (place + 1 - first)
    for match in JOINED.finditer(text, start, end):
        enclosed[match.start() - start : match.end() - start] = [True] * len(match[0])
    return enclosed
