"""The archive tab as pure functions: what the table's buttons mean, and how the table looks."""

from dataclasses import replace

from index.errors import ArchiveError
from index.ingest.report import BuildReport
from index.store.base.article_page import SORTS, ArticlePage, PageRequest

from .plain_text import name, shortened, text
from .source import file_name, language_name
from .words import PAGE, both

LONGEST_TITLE = 140
MOST_SKIPPED = 50  # files named after a rebuild
LABELS = {sort: "tongue" if sort == "language" else sort for sort in SORTS}


def turned(wanted: PageRequest, pressed: str) -> PageRequest:
    """The page of the table after a button of it: "sort-date", "earlier", "later".

    >>> turned(PageRequest(), "sort-title").descending
    True
    >>> turned(PageRequest(page=2), "sort-date").page
    0
    """
    if pressed == "later":
        return replace(wanted, page=wanted.page + 1)
    if pressed == "earlier":
        return replace(wanted, page=max(0, wanted.page - 1))
    sort = pressed.removeprefix("sort-")
    if sort not in SORTS:
        return wanted
    return replace(
        wanted, sort=sort, descending=sort == wanted.sort and not wanted.descending, page=0
    )


def searched(wanted: PageRequest, words: str) -> PageRequest:
    """The first page of what holds these words; too many are cut."""
    return replace(wanted, words=words.strip()[:200], page=0)


def table_html(listing: ArticlePage, wanted: PageRequest) -> str:
    """The table; its rows and heads are buttons that the page listens for."""
    if not listing.rows:
        return f'<div class="qa-none">{both("nothing")}</div>{_pager(listing, wanted)}'
    head = "".join(_head(sort, wanted) for sort in SORTS)
    rows = "".join(
        f"<tr><td>{_title(row.id, row.title or row.place)}</td><td>{text(row.date or '')}</td>"
        f"<td>{_language(row.language)}</td><td>{row.passages:,}</td>"
        f"<td>{file_name(row.place)}</td></tr>"
        for row in listing.rows
    )
    table = f'<table class="qa-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    return f"{table}{_pager(listing, wanted)}"


def report_html(report: BuildReport) -> str:
    """What a rebuild did, with every file that was skipped and why."""
    counts = (
        report.added, report.changed, report.removed, report.unchanged, len(report.skipped),
        report.passages, f"{report.seconds:.1f}",
    )  # fmt: skip
    said = both(*(PAGE[language]["report"].format(*counts) for language in ("en", "zh")))
    skipped = "".join(
        f"<li>{both('skipped')} {file_name(path)}: {text(why)}</li>"
        for path, why in report.skipped[:MOST_SKIPPED]
    )
    return f'<div class="qa-report">{said}<ul>{skipped}</ul></div>'


def problem_html(error: ArchiveError) -> str:
    return f'<div class="qa-report">{text(str(error))}</div>'


def _head(sort: str, wanted: PageRequest) -> str:
    here = sort == wanted.sort
    order = ("descending" if wanted.descending else "ascending") if here else "none"
    arrow = {"ascending": " ▲", "descending": " ▼", "none": ""}[order]
    return (
        f'<th aria-sort="{order}"><button class="qa-press" value="sort-{sort}">'
        f"{both(LABELS[sort])}{arrow}</button></th>"
    )


def _title(identity: str, title: str) -> str:
    shown = text(shortened(title, LONGEST_TITLE))
    pressed = f'value="read-{name(identity)}"'
    return f'<button class="qa-press qa-read" {pressed} dir="auto">{shown}</button>'


def _language(code: str | None) -> str:
    return both(language_name(code, "en"), language_name(code, "zh"))


def _pager(listing: ArticlePage, wanted: PageRequest) -> str:
    first = wanted.page * wanted.size
    last = first + len(listing.rows)
    shown = f"{first + 1 if listing.rows else 0:,}–{last:,} / {listing.total:,}"
    return (
        f'<div class="qa-pager">{_step("earlier", first > 0)}<span>{shown}</span>'
        f"{_step('later', last < listing.total)}</div>"
    )


def _step(name: str, possible: bool) -> str:
    off = "" if possible else " disabled"
    return f'<button class="qa-press" value="{name}"{off}>{both(name)}</button>'
