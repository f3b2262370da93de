"""What articles name, as lists of buttons with a plot of their days; and what the buttons do.

A button's value is a query string: `name=` adds a name to the filter, `drop=` removes one, `after=`
and `before=` set the days, `more=` shows more of a list. All of it comes back from a browser, so
nothing in it is trusted.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from index.errors import ArchiveError
from index.store.base.search_filter import SearchFilter
from qa.chat.phrases.problems import explain
from qa.chat.rendering import render
from qa.chat.words import PAGE
from qa.facets.facets import FACET_KINDS, FacetKind, Facets, FacetValue, TimeBar
from qa.facets.table import Wanted

FEW, MANY = 6, 60  # names of a list, and of one that was opened
MAX_NAME = 60  # characters that are shown
DAYS = "days"  # what `drop=` calls the range of days
MAX_QUERY, MAX_FIELDS = 8_000, 20  # of a button's value
PLOT_HEIGHT, BAR_WIDTH, GAP = 56, 10, 2  # in the units of the plot


@dataclass(frozen=True, slots=True)
class _Bar:
    """A bar of the plot, in its units, and the button over it."""

    x: int
    y: int
    width: int
    height: int
    label: str
    articles: int
    query: str


@dataclass(frozen=True, slots=True)
class _Button:
    """A name, or something to remove from the filter."""

    name: str
    also: str
    articles: int
    query: str


@dataclass(frozen=True, slots=True)
class _List:
    """The names of one kind."""

    heading: str  # a key of the page's phrases
    buttons: tuple[_Button, ...]
    more: str  # the query that shows more of it; "" if there is no more


def read_query(query: str) -> dict[str, list[str]]:
    """Return the fields of a button's value; nothing for what no button has."""
    try:
        return parse_qs(query[:MAX_QUERY], max_num_fields=MAX_FIELDS)
    except ValueError:
        return {}


def pressed(only: SearchFilter, query: str) -> SearchFilter:
    """Return the filter after a button was pressed.

    >>> pressed(SearchFilter(), "name=Tokyo").names
    ('Tokyo',)

    Raises:
        ArchiveError: There would be too many names, or a day does not parse.
    """
    fields = read_query(query)
    dropped = fields.get("drop", [])
    names = [name for name in (*only.names, *fields.get("name", [])) if name not in dropped]
    after, before = (fields.get(name, [""])[-1] for name in ("after", "before"))
    if after or before:
        return SearchFilter.of(after, before, only.language, only.article, names=names)
    days = (None, None) if DAYS in dropped else (only.after, only.before)
    return SearchFilter.of(*days, only.language, only.article, names=names)


def opened(query: str) -> FacetKind | None:
    """Return the list that a button opens, or None."""
    asked = read_query(query).get("more", [])
    return next((kind for kind in FACET_KINDS if kind in asked), None)


def wanted_for(words: str, opened: FacetKind | None) -> Wanted:
    """Return how many names are listed: one more than is shown tells that there are more."""
    return Wanted(MANY + 1 if opened else FEW + 1, words)


def facets_html(
    facets: Facets,
    only: SearchFilter,
    opened: FacetKind | None = None,
    question: str | None = None,
    language: str = "en",
) -> str:
    """Return the panel of the archive tab, or with a question that beside the chat.

    Args:
        facets: What to show, counted with `wanted_for`.
        only: The filter in force; each part of it can be removed.
        opened: The list that shows many names.
        question: What was asked.
        language: Of the page.
    """
    return render(
        "facets.html",
        language=language,
        words=PAGE[language],
        facets=facets,
        question=question,
        action="qa-press" if question is None else "qa-narrow-names",
        chosen=_chosen(only) if question is None else (),
        ask=_query_of(only),
        lists=[_list(kind, values, opened) for kind, values in facets.lists().items() if values],
        bars=_bars(facets.over_time),
        plot=(BAR_WIDTH * len(facets.over_time), PLOT_HEIGHT),
        highest=max((bar.articles for bar in facets.over_time), default=0),
    )


def facets_error_html(error: ArchiveError, only: SearchFilter, language: str = "en") -> str:
    """Return the panel for a filter that cannot be, with the buttons that remove parts of it."""
    return render(
        "facets_error.html",
        language=language,
        words=PAGE[language],
        message=explain(str(error), language),
        chosen=_chosen(only),
    )


def _chosen(only: SearchFilter) -> tuple[_Button, ...]:
    """Return what can be removed from a filter."""
    buttons = [_Button(name, "", 0, urlencode({"drop": name})) for name in only.names]
    if only.dated:
        first, last = only.after or "…", only.before or "…"
        days = str(first) if first == last else f"{first} – {last}"
        buttons.append(_Button(days, "", 0, urlencode({"drop": DAYS})))
    return tuple(buttons)


def _query_of(only: SearchFilter) -> str:
    """Return the filter as a query that takes the place of another one; "" for none."""
    fields: list[tuple[str, object]] = [("name", name) for name in only.names]
    fields += [(n, day) for n, day in (("after", only.after), ("before", only.before)) if day]
    return urlencode([*fields, ("replace", 1)]) if fields else ""


def _list(kind: FacetKind, values: Sequence[FacetValue], opened: FacetKind | None) -> _List:
    most = MANY if opened == kind else FEW
    buttons = tuple(
        _Button(value.name, ", ".join(value.also), value.articles, urlencode({"name": value.key}))
        for value in values[:most]
    )
    more = len(values) > most and opened != kind
    return _List(f"facet-{kind}", buttons, urlencode({"more": kind}) if more else "")


def _bars(over_time: Sequence[TimeBar]) -> list[_Bar]:
    """Return the plot; even one article is seen beside many."""
    highest = max((bar.articles for bar in over_time), default=1)
    bars = []
    for number, bar in enumerate(over_time):
        height = max(round(PLOT_HEIGHT * bar.articles / highest), 3 if bar.articles else 0)
        days = {"after": _day(bar.first), "before": _day(bar.last)}
        bars.append(
            _Bar(
                BAR_WIDTH * number + GAP // 2, PLOT_HEIGHT - height, BAR_WIDTH - GAP, height,
                bar.label, bar.articles, urlencode(days),
            )
        )  # fmt: skip
    return bars


def _day(day: datetime.date) -> str:
    return day.isoformat()
