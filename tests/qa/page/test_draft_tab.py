"""The draft tab's event handlers, called as Gradio calls them."""

from pathlib import Path

import pytest

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


def test_a_failure_of_either_check_is_said(
    chat_page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(draft: str) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(chat_page.archive, "check_draft", fail)
    (tmp_path / "draft.md").write_text("It carried 312 people.", encoding="utf-8")
    report = chat_page.handler("check_text")("It carried 312 people.", browser("en"))
    text, other = chat_page.handler("check_file")(str(tmp_path / "draft.md"), browser("en"))
    assert text == "It carried 312 people."
    assert report == other
    assert "a bug" not in report


def test_checks_share_one_place_in_the_queue(chat_page: Page) -> None:
    handlers = [f for f in chat_page.blocks.fns.values() if f.concurrency_id == "drafts"]
    assert [f.concurrency_limit for f in handlers] == [1, 1]
