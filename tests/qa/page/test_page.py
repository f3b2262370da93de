"""The page as a whole: its parts, its phrases, its files, and how it is served."""

import os
from pathlib import Path
from typing import Any

import pytest

from qa.chat.upload import MAX_MEGABYTES
from qa.chat.words import PAGE
from qa.page.page import I18N, MAX_WAITING, STYLES, serve
from qa.server.guard import Guard, Rules
from qa.server.page_language import PageLanguage
from tests.support.fakes import ROOT
from tests.support.gradio_pages import Page, build_page


def test_the_page_has_a_heading_and_two_tabs(chat_page: Page) -> None:
    assert "2 articles in the archive" in chat_page.component("head").value
    assert chat_page.has("conversation")
    assert chat_page.has("table")


READING = {
    "answer",
    "search",
    "check_draft",
    "articles",
    "facets",
    "answer_earlier",
    "search_earlier",
}


def test_only_the_documented_endpoints_are_public(chat_page: Page) -> None:
    assert chat_page.endpoints() == {*READING, "rebuild"}


def test_a_read_only_page_offers_neither_uploads_nor_a_rebuild(
    tmp_path: Path,
) -> None:
    page = build_page(tmp_path, read_only=True)
    assert not page.has("files")
    assert not page.component("rebuild").visible
    assert not {"store", "rebuild_index"} & page.handlers()
    assert page.endpoints() == READING


def test_every_chinese_locale_gets_chinese_phrases() -> None:
    translations = I18N.translations
    assert translations["en"] == PAGE["en"]
    assert all(translations[code] == PAGE["zh"] for code in ("zh", "zh-CN", "zh-TW", "zh-HK"))


def test_styles_and_scripts_load_nothing_from_elsewhere() -> None:
    files = [*STYLES, *(ROOT / "qa/page").glob("*.js")]
    assert all(file.is_file() for file in files)
    for file in files:
        text = file.read_text(encoding="utf-8")
        for harmless in ('url("data:image/svg+xml,', "http://www.w3.org/2000/svg"):  # inline icons
            text = text.replace(harmless, "")
        for forbidden in ("http://", "https://", "url(", "@import", "innerHTML", "eval("):
            assert forbidden not in text, file.name


def test_every_style_and_script_is_used() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "qa/page").glob("*.py"))
    for file in (*(ROOT / "qa/page").glob("*.css"), *(ROOT / "qa/page").glob("*.js")):
        assert f'"{file.name}"' in source


class RecordedBlocks:
    """Records how Gradio was asked to serve a page."""

    def __init__(self) -> None:
        self.queued: dict[str, Any] = {}
        self.launched: dict[str, Any] = {}

    def queue(self, **options: Any) -> None:
        self.queued = options

    def launch(self, **options: Any) -> None:
        self.launched = options


@pytest.mark.parametrize(
    ("uploads", "largest"), [(Path("uploads"), MAX_MEGABYTES * 1_000_000), (None, 1)]
)
def test_the_page_is_served_locally_behind_the_guard(
    monkeypatch: pytest.MonkeyPatch, uploads: Path | None, largest: int
) -> None:
    monkeypatch.setenv("NO_PROXY", "example.org")
    blocks: Any = RecordedBlocks()
    rules = Rules(uploads=uploads)
    serve(blocks, "127.0.0.1", 7860, rules)
    assert blocks.queued["api_open"] is False
    assert blocks.queued["max_size"] == MAX_WAITING
    launched = blocks.launched
    assert (launched["server_name"], launched["server_port"]) == ("127.0.0.1", 7860)
    assert (launched["share"], launched["ssr_mode"], launched["mcp_server"]) == (False,) * 3
    assert launched["allowed_paths"] == []
    assert launched["max_file_size"] == largest
    guard, language = launched["app_kwargs"]["middleware"]
    assert language.cls is PageLanguage
    assert (guard.cls, guard.kwargs) == (Guard, {"rules": rules})
    assert launched["app_kwargs"]["routes"] == []
    assert os.environ["NO_PROXY"].startswith("example.org,127.0.0.1,localhost")
