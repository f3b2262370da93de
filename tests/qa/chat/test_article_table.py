"""The archive tab's table: what its buttons mean, and that titles and ids are shown as text."""

import pytest

from index.errors import ArchiveError
from index.ingest.report import BuildReport
from index.store.base.article_page import ArticlePage, ArticleRow, PageRequest
from qa.chat.article_table import problem_html, report_html, searched, table_html, turned
from tests.support.hostile import HOSTILE, Seen

ROW = ArticleRow("a.txt", "A headline", "2025-01-02", "en", "a.txt", 1234)


def test_a_head_sorts_and_once_more_turns_the_order() -> None:
    by_date = turned(PageRequest(page=3), "sort-date")
    assert (by_date.sort, by_date.descending, by_date.page) == ("date", False, 0)
    assert turned(by_date, "sort-date").descending
    assert not turned(turned(by_date, "sort-date"), "sort-path").descending


@pytest.mark.parametrize("pressed", ["", "sort-text", "drop", "<b>"])
def test_what_is_no_button_changes_nothing(pressed: str) -> None:
    assert turned(PageRequest(page=2), pressed) == PageRequest(page=2)


def test_pages_go_on_and_back_but_not_before_the_first() -> None:
    assert turned(PageRequest(), "later").page == 1
    assert turned(PageRequest(page=1), "earlier").page == 0
    assert turned(PageRequest(), "earlier").page == 0


def test_a_search_begins_at_the_first_page_and_is_never_too_long() -> None:
    assert searched(PageRequest(page=5), " bridge ") == PageRequest(words="bridge")
    assert len(searched(PageRequest(), "x" * 9999).words) == 200


def test_the_table_says_what_the_articles_are_and_where_it_stands() -> None:
    seen = Seen(table_html(ArticlePage((ROW,), 41), PageRequest(page=2)))
    for words in ("A headline", "2025-01-02", "English", "英文", "1,234", "a.txt", "41–41 / 41"):
        assert words in seen.text
    assert ("value", "read-a.txt") in seen.attributes
    assert ("aria-sort", "ascending") in seen.attributes
    assert seen.attributes.count(("disabled", None)) == 1


def test_an_empty_table_says_so() -> None:
    assert "No article" in table_html(ArticlePage((), 0), PageRequest())


def test_an_article_without_a_title_goes_by_its_place() -> None:
    row = ArticleRow("x", None, None, None, "folder/b.txt", 1)
    assert "folder/b.txt" in Seen(table_html(ArticlePage((row,), 1), PageRequest())).text


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_rows_reports_and_problems_are_text(words: str) -> None:
    row = ArticleRow(words, words, words, words, words, 1)
    report = BuildReport(skipped=[(words, words)])
    for shown in (
        table_html(ArticlePage((row,), 1), PageRequest()),
        report_html(report),
        problem_html(ArchiveError(words)),
    ):
        seen = Seen(shown)
        assert words in seen.text
        tags = {"table", "thead", "tbody", "tr", "th", "td", "button", "span", "div", "bdi", "br"}
        assert set(seen.tags) <= tags | {"ul", "li"}
        names = {name for name, _ in seen.attributes}
        assert names <= {"class", "value", "dir", "lang", "aria-sort", "disabled"}


def test_a_report_counts_what_changed_in_both_languages() -> None:
    report = BuildReport(added=2, removed=1, unchanged=7, passages=30, seconds=1.25)
    shown = Seen(report_html(report)).text
    assert "2 added, 0 changed, 1 removed, 7 unchanged, 0 skipped; 30 passages" in shown
    assert "新增 2" in shown
