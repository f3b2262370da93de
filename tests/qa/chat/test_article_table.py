"""The archive tab's table: what its buttons do, and that titles and ids stay text."""

import pytest

from index.errors import ArchiveError
from index.ingest.report import BuildReport
from index.store.base.article_page import ArticlePage, ArticleRow, PageRequest
from qa.chat.article_table import (
    MAX_SEARCH,
    MAX_SKIPPED,
    error_html,
    press_button,
    report_html,
    search_articles,
    table_html,
)
from qa.chat.plain_text import encode_id
from tests.support.hostile import HOSTILE, ParsedHtml

ROW = ArticleRow("a.txt", "A headline", "2025-01-02", "en", "a.txt", 1234)
TAGS = {"bdi", "br", "button", "div", "li", "span", "table", "tbody", "td", "th", "thead", "tr"}


def test_a_heading_sorts_and_pressed_again_reverses_the_order() -> None:
    by_date = press_button(PageRequest(page=3), "sort-date")
    assert (by_date.sort, by_date.descending, by_date.page) == ("date", False, 0)
    assert press_button(by_date, "sort-date").descending
    assert not press_button(press_button(by_date, "sort-date"), "sort-path").descending


@pytest.mark.parametrize("value", ["", "sort-text", "drop", "<b>"])
def test_an_unknown_button_changes_nothing(value: str) -> None:
    assert press_button(PageRequest(page=2), value) == PageRequest(page=2)


def test_pages_turn_both_ways_but_not_before_the_first() -> None:
    assert press_button(PageRequest(), "later").page == 1
    assert press_button(PageRequest(page=1), "earlier").page == 0
    assert press_button(PageRequest(), "earlier").page == 0


def test_a_search_starts_on_the_first_page_and_is_cut() -> None:
    assert search_articles(PageRequest(page=5), " bridge ") == PageRequest(words="bridge")
    assert len(search_articles(PageRequest(), "x" * 9999).words) == MAX_SEARCH


def test_the_table_shows_each_articles_fields_and_the_position() -> None:
    parsed = ParsedHtml(table_html(ArticlePage((ROW,), 41), PageRequest(page=2)))
    for words in ("A headline", "2025-01-02", "English", "1,234", "a.txt", "41–41 / 41"):
        assert words in parsed.text
    german = ParsedHtml(
        table_html(ArticlePage((ROW,), 41), PageRequest(page=2), language="de")
    ).text
    assert all(words in german for words in ("Titel", "Englisch", "1.234"))
    assert ("value", "read-a.txt") in parsed.attributes
    assert ("aria-sort", "ascending") in parsed.attributes
    assert "▲" in parsed.text
    assert parsed.attributes.count(("disabled", None)) == 1  # there is no later page


def test_a_table_without_rows_says_so() -> None:
    parsed = ParsedHtml(table_html(ArticlePage((), 0), PageRequest()))
    assert "No article" in parsed.text
    assert "0–0 / 0" in parsed.text
    assert parsed.attributes.count(("disabled", None)) == 2


def test_an_article_without_a_title_is_listed_by_its_file() -> None:
    row = ArticleRow("x", None, None, None, "folder/b.txt", 1)
    parsed = ParsedHtml(table_html(ArticlePage((row,), 1), PageRequest()))
    assert parsed.text.count("folder/b.txt") == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_rows_reports_and_errors_stay_text(text: str) -> None:
    row = ArticleRow(text, text, text, text, text, 1)
    pages = (
        table_html(ArticlePage((row,), 1), PageRequest()),
        report_html(BuildReport(skipped=[(text, text)])),
        error_html(ArchiveError(text)),
    )
    for html in pages:
        parsed = ParsedHtml(html)
        assert text in parsed.text
        assert set(parsed.tags) <= TAGS | {"ul"}
        assert parsed.attribute_names <= {
            "aria-sort", "class", "dir", "disabled", "lang", "value"
        }  # fmt: skip
    assert ("value", f"read-{encode_id(text)}") in ParsedHtml(pages[0]).attributes


def test_a_report_counts_changes_in_the_pages_language() -> None:
    report = BuildReport(added=2, removed=1, unchanged=7, passages=30, seconds=1.25)
    shown = ParsedHtml(report_html(report)).text
    assert "2 added, 0 changed, 1 removed, 7 unchanged, 0 skipped; 30 passages" in shown
    assert "1.2 seconds" in shown
    assert "新增 2" in ParsedHtml(report_html(report, "zh")).text
    assert "1,2 Sekunden" in ParsedHtml(report_html(report, "de")).text


def test_a_report_lists_a_limited_number_of_skipped_files() -> None:
    skipped = [(f"{n}.txt", "empty") for n in range(MAX_SKIPPED + 9)]
    parsed = ParsedHtml(report_html(BuildReport(skipped=skipped)))
    assert parsed.tags.count("li") == MAX_SKIPPED
    assert "0.txt: empty" in parsed.text
    assert f"{MAX_SKIPPED + 9} skipped" in parsed.text
