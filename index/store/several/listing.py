"""One page of the table of articles of several archives, sorted as one table would be."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from index.store.base.article_page import ArticlePage, ArticleRow, PageRequest

from .names import joined
from .part import Part

FIELDS = {"path": "place"}  # of a row, where it is not called as the sort column


class _Table(NamedTuple):
    """The rows of one archive, in order."""

    part: Part
    request: PageRequest  # its words, column and direction
    total: int

    def row(self, number: int) -> ArticleRow:
        page = self.part.snapshot.listing(replace(self.request, page=number, size=1))
        return page.rows[0]

    def rows(self, start: int, count: int) -> list[ArticleRow]:
        """Return rows from `start` on: up to two pages of the size that is asked for."""
        first = start // count
        pages = [replace(self.request, page=n, size=count) for n in (first, first + 1)]
        found = [row for page in pages for row in self.part.snapshot.listing(page).rows]
        return found[start - first * count :][:count]


def merged_page(parts: Sequence[Part], request: PageRequest) -> ArticlePage:
    """Return one page; how far it is from the first costs a logarithm, not a sum, of look-ups."""
    own = replace(request, archive="")
    totals = [part.snapshot.listing(replace(own, page=0, size=1)).total for part in parts]
    tables = [_Table(part, own, total) for part, total in zip(parts, totals, strict=True)]
    before = _places_before(tables, request.page * request.size, _key(request))
    key = _key(request)
    rows = [
        (row, table.part.name)
        for table, start in zip(tables, before, strict=True)
        if start < table.total
        for row in table.rows(start, request.size)
    ]
    rows.sort(key=lambda pair: key(pair[0]))
    shown = (replace(row, id=joined(name, row.id), archive=name) for row, name in rows)
    return ArticlePage(tuple(islice(shown, request.size)), sum(totals))


def _places_before(
    tables: Sequence[_Table], offset: int, key: Callable[[ArticleRow], Any]
) -> list[int]:
    """Return how many rows of each table come before the row at `offset` of all together.

    Of n tables, the one whose row at offset/n is least has no row up to there that comes later
    than `offset`: those are passed over, and the rest is looked for again.
    """
    starts = [0] * len(tables)
    while offset > 0:
        left = [n for n, table in enumerate(tables) if starts[n] < table.total]
        if not left:
            break
        step = max(1, offset // len(left))
        ahead = {n: min(step, tables[n].total - starts[n]) for n in left}
        _, least = min((key(tables[n].row(starts[n] + ahead[n] - 1)), n) for n in left)
        starts[least] += ahead[least]
        offset -= ahead[least]
    return starts


def _key(request: PageRequest) -> Callable[[ArticleRow], Any]:
    """Return by what rows are sorted: the column, those without a value last, then the id."""
    column = FIELDS.get(request.sort, request.sort)

    def key(row: ArticleRow) -> Any:
        value = getattr(row, column)
        if value is None:
            return True, "", row.id
        return False, _Descending(value) if request.descending else value, row.id

    return key


class _Descending:
    """A value that sorts the other way round."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __lt__(self, other: "_Descending") -> bool:
        return bool(other.value < self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Descending) and self.value == other.value

    __hash__ = None  # type: ignore[assignment]
