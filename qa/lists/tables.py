"""The column of a table that a question asks for; rows are lines, cells are cut at bars or tabs."""

from collections.abc import Sequence

import regex

from qa.agreement.wording import content, uncovered

from .forms import asked_noun
from .pieces import Span
from .separators import is_han

BAR = regex.compile(r" \| |\t")
MIN_HAN = 2  # characters of a Chinese cell that a question may repeat


def is_row(text: str, line: Span) -> bool:
    """Return whether a line has cells."""
    return BAR.search(text, *line) is not None


def column(question: str, text: str, rows: Sequence[Span], answer: Span) -> list[Span]:
    r"""Return the cells of the column that is asked for, without its heading.

    If cells of other columns are words of the question, only their rows count.

    Args:
        question: The question.
        text: The article.
        rows: The lines of a table.
        answer: Where the answer begins and ends.

    >>> text = "Driver | Result\nMia Kolb | retired\nPaul Senn | first\nUgo Prati | retired"
    >>> rows = [(0, 15), (16, 34), (35, 52), (53, 72)]
    >>> [text[a:b] for a, b in column("Which drivers retired?", text, rows, (16, 24))]
    ['Mia Kolb', 'Ugo Prati']
    """
    table = [_cells(text, row) for row in rows]
    width = len(table[-1])
    table = [row for row in table if len(row) == width]
    if len(table) < 2:
        return []
    heading = [_is_asked(text[a:b], question) for a, b in table[0]]
    if any(heading):
        wanted, table = heading.index(True), table[1:]
    else:
        within = (n for row in table for n, (a, b) in enumerate(row) if a <= answer[0] < b)
        wanted = next(within, 0)
    chosen = [
        row
        for row in table
        if any(_is_repeated(text[a:b], question) for n, (a, b) in enumerate(row) if n != wanted)
    ]
    return [row[wanted] for row in chosen or table if row[wanted][0] < row[wanted][1]]


def _cells(text: str, row: Span) -> list[Span]:
    start, end = row
    starts, ends = [start], []
    for bar in BAR.finditer(text, start, end):
        ends.append(bar.start())
        starts.append(bar.end())
    return [_stripped(text, a, b) for a, b in zip(starts, [*ends, end], strict=True)]


def _stripped(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())


def _is_asked(heading: str, question: str) -> bool:
    """Whether a heading is the noun that a question asks for, in the singular or plural."""
    if is_han(heading):
        return heading in question
    noun = asked_noun(question)
    words = content(heading)
    return bool(noun and words) and not uncovered(words, [noun, noun.removesuffix("s")])


def _is_repeated(cell: str, question: str) -> bool:
    """Whether a question has all words of a cell."""
    if is_han(cell):
        return len(cell) >= MIN_HAN and cell in question
    words = content(cell)
    return bool(words) and not uncovered(words, content(question))
