"""The archive tab's event handlers, called as Gradio calls them."""

from pathlib import Path

import pytest

from index.store.base.article_page import PageRequest
from qa.chat.upload import MAX_FILES
from tests.support.gradio_pages import Page, browser, event
from tests.support.hostile import ParsedHtml


def test_the_table_lists_the_articles(chat_page: Page) -> None:
    shown = ParsedHtml(chat_page.handler("first_page")()).text
    assert "The bridge" in shown
    assert "1–2 / 2" in shown


def test_a_search_shows_the_articles_that_match(chat_page: Page) -> None:
    request, table = chat_page.handler("find")("ferry", PageRequest(page=3))
    assert request == PageRequest(words="ferry")
    assert "The ferry" in ParsedHtml(table).text
    assert "The bridge" not in ParsedHtml(table).text


def test_a_heading_sorts_the_table(chat_page: Page) -> None:
    press = chat_page.handler("press")
    request, table, panel = press(PageRequest(), event(pressed="sort-title"), browser("en"))
    assert request.descending
    shown = ParsedHtml(table).text
    assert shown.index("The ferry") < shown.index("The bridge")
    assert "value" not in panel  # Gradio's "no update"


@pytest.mark.parametrize(
    ("language", "close"), [("zh-CN,zh;q=0.9", "关闭文章"), ("nl,en", "Close the article")]
)
def test_a_title_opens_its_article_in_the_language_of_the_browser(
    chat_page: Page, language: str, close: str
) -> None:
    press = chat_page.handler("press")
    request, _, panel = press(PageRequest(page=1), event(pressed="read-ferry"), browser(language))
    assert request == PageRequest(page=1)
    parsed = ParsedHtml(panel)
    assert "carried 312 people" in parsed.text
    assert ("aria-label", close) in parsed.attributes


def test_an_unknown_article_shows_an_error(chat_page: Page) -> None:
    press = chat_page.handler("press")
    *_, panel = press(PageRequest(), event(pressed="read-%3Cb%3E"), browser("en"))
    parsed = ParsedHtml(panel)
    assert "<b>" in parsed.text
    assert parsed.tags == ["div"]


def test_an_uploaded_file_is_found_after_a_rebuild(own_page: Page, tmp_path: Path) -> None:
    upload = tmp_path / "new one.txt"
    upload.write_text("The harbour was closed for nine days after the storm.")
    files, report = own_page.handler("store")([str(upload)], browser())
    assert files is None
    assert "new-one.txt" in ParsedHtml(report).text
    assert (own_page.seeds / "new-one.txt").is_file()
    report, table = own_page.handler("rebuild_index")(PageRequest(), browser())
    assert "1 added, 0 changed, 0 removed, 2 unchanged" in ParsedHtml(report).text
    assert "new-one.txt" in ParsedHtml(table).text


def test_too_many_files_are_an_error(chat_page: Page) -> None:
    _, report = chat_page.handler("store")(["a.txt"] * (MAX_FILES + 1), browser())
    assert "too many" in ParsedHtml(report).text
    assert (
        chat_page.handler("store")(None, browser())[1] == '<div class="qa-report"><ul></ul></div>'
    )


def test_a_rebuild_that_fails_shows_why(own_page: Page) -> None:
    (own_page.seeds / "all.jsonl").unlink()
    report, table = own_page.handler("rebuild_index")(PageRequest(), browser())
    assert "seeds" in ParsedHtml(report).text
    assert "1–2 / 2" in ParsedHtml(table).text  # the old index stays
