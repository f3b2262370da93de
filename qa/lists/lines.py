"""The items of a list that is set in lines: bullets, numbered lines, or lines after a colon.

Looks at the lines of an article around an answer in one of them; tables are in `tables.py`.
"""

from collections.abc import Callable, Sequence

import regex

from .pieces import Span
from .tables import column, is_row

MAX_DISTANCE = 10_000  # code points from the answer to the last line that is looked at
MAX_WORDS, MAX_CHARACTERS = 12, 100  # of a line without a bullet
MIN_SHARE = 0.6  # of a line's text that the answer takes up, to be one of the items
BULLET = regex.compile(
    r"[ \t]*+(?:[-*•·–—‣◦▪●○■□※]\s++|[(（]?\d{1,3}[)）.、．](?!\d)\s*+|[①-⑳]\s*+)"
)
ENDS = " \t;,.。；，、"
SENTENCE_END = tuple(".。!?！？:：;；")


def line_items(question: str, text: str, start: int, end: int) -> list[Span]:
    r"""Return the items of the list or table that text[start:end] is in; [] if in none.

    >>> text = "They want:\n- more pay\n- free parking"
    >>> [text[a:b] for a, b in line_items("What are their demands?", text, 13, 21)]
    ['more pay', 'free parking']
    """
    if "\n" not in text:
        return []
    lines = _lines(text, start, end)
    marked = [n for n, (a, b) in enumerate(lines) if a < end and start < b]
    for number in marked[:3]:  # a line before the list may be marked too
        introduced = number + 1 < len(lines) and text[slice(*lines[number])].rstrip()[-1] in ":："
        if introduced:
            number += 1
        if is_row(text, lines[number]):
            rows = _block(lines, number, lambda line: is_row(text, line))
            return column(question, text, [lines[n] for n in rows], (start, end))
        block = _block(lines, number, lambda line: BULLET.match(text, *line) is not None)
        block = block or _after_colon(text, lines, number)
        found = [_item(text, lines[n]) for n in block]
        if len(found) > 1 and (introduced or _marks(found[block.index(number)], start, end)):
            return found
    return []


def lines_around(text: str, start: int, end: int) -> Span:
    """Return the bounds of the lines that hold text[start:end], without white space around."""
    left, right = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[left : right if right >= 0 else len(text)]
    left += len(line) - len(line.lstrip())
    return left, left + len(line.strip())


def _lines(text: str, start: int, end: int) -> list[Span]:
    """Return the lines around an answer, empty ones left out."""
    left, right = max(0, start - MAX_DISTANCE), min(len(text), end + MAX_DISTANCE)
    lines = []
    for line in text[left:right].split("\n"):
        if line.strip():
            lines.append((left, left + len(line)))
        left += len(line) + 1
    return lines


def _block(lines: Sequence[Span], number: int, belongs: Callable[[Span], bool]) -> list[int]:
    """Return the numbers of the lines around a line that belong to the same list."""
    first, last = number, number
    if not belongs(lines[number]):
        return []
    while first > 0 and belongs(lines[first - 1]) and _gap(lines, first) <= 2:
        first -= 1
    while last + 1 < len(lines) and belongs(lines[last + 1]) and _gap(lines, last + 1) <= 2:
        last += 1
    return list(range(first, last + 1))


def _gap(lines: Sequence[Span], number: int) -> int:
    """Return the number of line ends before a line."""
    return lines[number][0] - lines[number - 1][1]


def _after_colon(text: str, lines: Sequence[Span], number: int) -> list[int]:
    """Return the numbers of the short lines around a line, if a colon introduces them."""
    block = _block(lines, number, lambda line: _is_short(text[slice(*line)]))
    if not block or block[0] == 0 or text[slice(*lines[block[0] - 1])].rstrip()[-1] not in ":：":
        return []
    gaps = [_gap(lines, n) for n in block[1:]]
    even = next((n for n, gap in enumerate(gaps) if gap != gaps[0]), len(gaps)) + 1
    return block[:even] if number in block[:even] else []


def _is_short(line: str) -> bool:
    line = line.strip()
    within = len(line) <= MAX_CHARACTERS and len(line.split()) <= MAX_WORDS
    return within and not line.endswith(SENTENCE_END)


def _item(text: str, line: Span) -> Span:
    """Return a line without its bullet and the mark at its end."""
    start, end = line
    if found := BULLET.match(text, start, end):
        start = found.end()
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip(ENDS))


def _marks(item: Span, start: int, end: int) -> bool:
    """Whether an answer is most of an item."""
    covered = min(item[1], end) - max(item[0], start)
    return covered >= MIN_SHARE * (item[1] - item[0])
