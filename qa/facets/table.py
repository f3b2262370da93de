"""The names of all articles in memory: counted for any part of the archive, and looked up."""

import datetime
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain
from typing import NamedTuple

from index.errors import ArchiveError
from index.store.base.search_filter import SearchFilter

from .facets import FACET_KINDS, FacetKind, Facets, FacetValue
from .names.linking import Name
from .over_time import bars

MOST = 10  # values of a list, if nothing else is asked for
MOST_ALSO = 4
SEPARATOR = ":"  # of kind and key
SHOWN = 80  # characters of a name in an error


class ReadArticle(NamedTuple):
    """What is kept of an article whose names have been read."""

    id: str
    digest: str  # of all that was read
    date: str | None
    language: str | None
    names: list[Name]
    days: list[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which values are listed: only those with `words` in a spelling, and how many at most."""

    most: int = MOST
    words: str = ""


class NameTable:
    """The names of some articles; it never changes. Positions are those of the articles."""

    def __init__(self, articles: Iterable[ReadArticle], total: int | None = None) -> None:
        self._ids: list[str] = []
        self._dates: list[datetime.date | None] = []
        self._languages: list[str] = []
        self._named: list[array[int]] = []  # by position: numbers of names
        self._numbers: dict[tuple[FacetKind, str], int] = {}
        labels: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for article in articles:
            self._add(article, labels)
        self._keys = list(self._numbers)
        self._labels = [_best(labels[number]) for number in range(len(self._keys))]
        self._by_label: defaultdict[str, list[int]] = defaultdict(list)
        for number, spellings in enumerate(self._labels):
            for spelling in {self._keys[number][1], *(s.casefold() for s in spellings)}:
                self._by_label[spelling].append(number)
        self._position = {identity: at for at, identity in enumerate(self._ids)}
        self.total = len(self._ids) if total is None else total

    @property
    def read(self) -> int:
        """How many articles it knows, of `total`."""
        return len(self._ids)

    def _add(self, article: ReadArticle, labels: defaultdict[int, Counter[str]]) -> None:
        written = datetime.date.fromisoformat(article.date) if article.date else None
        days = dict.fromkeys(([article.date] if article.date else []) + article.days)
        found = array("I")
        of_days: list[tuple[FacetKind, str, str]] = [("day", day, day) for day in days]
        for kind, key, label in (*article.names, *of_days):
            number = self._numbers.setdefault((kind, key), len(self._numbers))
            labels[number][label] += 1
            found.append(number)
        self._ids.append(article.id)
        self._dates.append(written)
        self._languages.append(article.language or "")
        self._named.append(found)

    def facets(
        self, only: SearchFilter, ids: Iterable[str] | None = None, wanted: Wanted | None = None
    ) -> Facets:
        """Count what the articles that match a filter name; `ids` limits them further.

        Raises:
            ArchiveError: The filter has a name that no article has.
        """
        wanted = wanted or Wanted()
        positions = self._matching(only, ids)
        counts = Counter(chain.from_iterable(self._named[at] for at in positions))
        dates = [day for at in positions if (day := self._dates[at])]
        people, places, organisations, days = (
            self._top(kind, counts, wanted, only.names) for kind in FACET_KINDS
        )
        return Facets(
            articles=len(positions),
            undated=len(positions) - len(dates),
            people=people,
            places=places,
            organisations=organisations,
            days=days,
            over_time=bars(dates),
            read=self.read,
            total=self.total,
        )

    def ids(self, names: Sequence[str]) -> frozenset[str]:
        """Return the ids of the articles that name all of `names`.

        Raises:
            ArchiveError: No article has one of the names.
        """
        wanted = [frozenset(self._find(name)) for name in names]
        return frozenset(
            self._ids[at]
            for at, named in enumerate(self._named)
            if all(not numbers.isdisjoint(named) for numbers in wanted)
        )

    def value(self, name: str) -> FacetValue:
        """Return what a name or key means, counted in all articles; errors as `ids`."""
        numbers = set(self._find(name))
        count = sum(not numbers.isdisjoint(named) for named in self._named)
        return self._value(min(numbers), count)

    def _find(self, name: str) -> list[int]:
        """Return the numbers of a name: a key as in `FacetValue`, or any spelling."""
        kind, _, key = name.partition(SEPARATOR)
        number = self._numbers.get((kind, key))  # type: ignore[arg-type]
        found = [number] if number is not None else self._by_label.get(name.casefold().strip(), [])
        if not found:
            shown = name[:SHOWN] if name.isprintable() else ascii(name[:SHOWN])[1:-1]
            part = f" among the {self.read:,} of {self.total:,} whose names are read"
            raise ArchiveError(
                f"no article{part if self.read < self.total else ''} names '{shown}': "
                "list the names with  archive-qa facets"
            )
        return found

    def _matching(self, only: SearchFilter, ids: Iterable[str] | None) -> list[int]:
        wanted = [frozenset(self._find(name)) for name in only.names]
        if ids is None:
            chosen: Iterable[int] = range(len(self._ids))
        else:
            chosen = sorted(
                {self._position[identity] for identity in ids if identity in self._position}
            )
        return [at for at in chosen if self._fits(at, only, wanted)]

    def _fits(self, at: int, only: SearchFilter, wanted: Sequence[frozenset[int]]) -> bool:
        day = self._dates[at]
        if only.dated and (
            day is None or (only.after and day < only.after) or (only.before and day > only.before)
        ):
            return False
        if only.language and not f"{self._languages[at]}-".startswith(f"{only.language}-"):
            return False
        if only.article is not None and self._ids[at] != only.article:
            return False
        return all(not numbers.isdisjoint(self._named[at]) for numbers in wanted)

    def _top(
        self, kind: FacetKind, counts: Mapping[int, int], wanted: Wanted, chosen: Sequence[str]
    ) -> tuple[FacetValue, ...]:
        """Return the commonest values of a kind, without those that were chosen already."""
        words = wanted.words.casefold().strip()
        left_out = {number for name in chosen for number in self._find(name)}
        fitting = (
            (-count, self._labels[number], number)
            for number, count in counts.items()
            if self._keys[number][0] == kind
            and number not in left_out
            and (not words or self._has(number, words))
        )
        best = nsmallest(wanted.most, fitting)
        return tuple(self._value(number, -count) for count, _, number in best)

    def _has(self, number: int, words: str) -> bool:
        return any(words in s.casefold() for s in (self._keys[number][1], *self._labels[number]))

    def _value(self, number: int, count: int) -> FacetValue:
        kind, key = self._keys[number]
        name, *also = self._labels[number]
        alone = self._by_label[name.casefold()] == [number]
        return FacetValue(
            kind, name, name if alone else f"{kind}{SEPARATOR}{key}", count, tuple(also)
        )


def _best(counts: Counter[str]) -> tuple[str, ...]:
    """Return the spellings of a name, the commonest first."""
    ordered = sorted(counts, key=lambda label: (-counts[label], label))
    return tuple(ordered[: MOST_ALSO + 1])
