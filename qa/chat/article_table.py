"""The table of the archive tab: what its buttons do to a `PageRequest`, and its HTML."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.errors import ArchiveError
from index.ingest.report import BuildReport
from index.store.base.article_page import SORTS, ArticlePage, PageRequest
from index.store.several.part import NotAsked

from .phrases.cldr import number
from .phrases.problems import explain
from .plain_text import names_of
from .rendering import render
from .words import PAGE

MAX_SEARCH = 200  # characters
MAX_SKIPPED = 50  # skipped files listed after a rebuild
ARROWS = {"ascending": " ▲", "descending": " ▼", "none": ""}


@dataclass(frozen=True, slots=True)
class _Heading:
    """A column's heading: a button that sorts by it. `order` is a value of `aria-sort`."""

    column: str
    order: str
    arrow: str


def press_button(request: PageRequest, value: str) -> PageRequest:
    """Return the page to show after a button of the table: "sort-date", "earlier", "later".

    Sorting by the same column again reverses the order. Unknown values change nothing.

    >>> press_button(PageRequest(), "sort-title").descending
    True
    """
    if value == "later":
        return replace(request, page=request.page + 1)
    if value == "earlier":
        return replace(request, page=max(0, request.page - 1))
    column = value.removeprefix("sort-")
    if column not in SORTS:
        return request
    descending = column == request.sort and not request.descending
    return replace(request, sort=column, descending=descending, page=0)


def search_articles(request: PageRequest, words: str) -> PageRequest:
    """Return the first page of the articles that match `words`, cut to MAX_SEARCH characters."""
    return replace(request, words=words.strip()[:MAX_SEARCH], page=0)


def table_html(
    listing: ArticlePage,
    request: PageRequest,
    not_asked: Sequence[NotAsked] = (),
    language: str = "en",
) -> str:
    """Return one page of the table, with the buttons that sort it, turn it and open an article."""
    offset = request.page * request.size
    return render(
        "article_table.html",
        language=language,
        words=PAGE[language],
        headings=[_heading(column, request) for column in SORTS],
        rows=listing.rows,
        first=offset + 1 if listing.rows else 0,
        last=offset + len(listing.rows),
        total=listing.total,
        is_first_page=offset == 0,
        archives=any(row.archive for row in listing.rows),
        not_asked=names_of(not_asked),
    )


def report_html(report: BuildReport, language: str = "en") -> str:
    """Return what a rebuild did: counts, the files that were skipped, and what others lack."""
    counts = (
        report.added, report.changed, report.removed, report.unchanged, len(report.skipped),
        report.passages, round(report.seconds, 1),
    )  # fmt: skip
    words = PAGE[language]
    return render(
        "build_report.html",
        words=words,
        counts=words["report"].format(*(number(count, language) for count in counts)),
        skipped=report.skipped[:MAX_SKIPPED],
        partly_read=report.partly_read[:MAX_SKIPPED],
    )


def error_html(error: ArchiveError, language: str = "en") -> str:
    """Return an error message where a report or an article would be."""
    return render("report_error.html", message=explain(str(error), language))


def _heading(column: str, request: PageRequest) -> _Heading:
    order = "none"
    if column == request.sort:
        order = "descending" if request.descending else "ascending"
    return _Heading(column, order, ARROWS[order])
