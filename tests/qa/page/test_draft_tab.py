"""The draft tab's event handlers, called as Gradio calls them."""

from pathlib import Path

from tests.support.gradio_pages import Page, browser
from tests.support.hostile import ParsedHtml


def test_a_pasted_draft_is_checked(chat_page: Page) -> None:
    parsed = ParsedHtml(chat_page.handler("check_text")("It carried 312 people.", browser("en")))
    assert "312 people" in parsed.text
    too_long = chat_page.handler("check_text")("a" * 1_000_001, browser("en"))
    assert "the limit is 1 MB" in ParsedHtml(too_long).text


def test_an_opened_file_is_shown_and_checked(chat_page: Page, tmp_path: Path) -> None:
    file = tmp_path / "draft.md"
    file.write_text("It carried 312 people.", encoding="utf-8")
    text, report = chat_page.handler("check_file")(str(file), browser("en"))
    assert text == "It carried 312 people."
    assert "312 people" in ParsedHtml(report).text
    file.write_bytes(b" ")
    text, report = chat_page.handler("check_file")(str(file), browser("en"))
    assert (text, "holds no text" in ParsedHtml(report).text) == ("", True)
