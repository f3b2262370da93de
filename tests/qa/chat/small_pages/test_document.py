"""The small pages: whole documents that load nothing, in the browser's language."""

import hashlib
import re
from base64 import b64encode

from qa.chat.small_pages.document import (
    FOLDER,
    box_html,
    inline_sources,
    sign_in_html,
)
from qa.chat.words import PAGE_LANGUAGES
from tests.support.hostile import ParsedHtml


def test_each_page_says_its_language_and_loads_nothing() -> None:
    for page in (sign_in_html("zh"), box_html("zh", logged=True)):
        assert '<html lang="zh-CN" dir="ltr">' in page
        assert not re.findall(r"(?:src|url)\s*[=(]|https?://|@import|<link", page)
        assert len(page.encode()) < 8_000


def test_each_page_is_in_every_language_of_the_page() -> None:
    for language in PAGE_LANGUAGES:
        for page in (sign_in_html(language), box_html(language, logged=True)):
            assert len(page.encode()) < 8_000
            assert ('dir="rtl"' in page) == (language == "ar")
    assert "Fragefeld" in box_html("de", logged=True)
    assert "mot de passe" in sign_in_html("fr")


def test_what_a_policy_allows_is_what_is_in_the_page() -> None:
    page = box_html("en", logged=False)
    for name, source in zip(("style", "script"), inline_sources("box"), strict=True):
        (text,) = re.findall(f"<{name}>(.*?)</{name}>", page, re.DOTALL)
        digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert source == f"'sha256-{digest}'"


def test_scripts_show_everything_as_text() -> None:
    for name in ("box.js", "sign_in.js"):
        script = FOLDER.joinpath(name).read_text(encoding="utf-8")
        for forbidden in ("innerHTML", "outerHTML", "insertAdjacent", "eval(", "document.write"):
            assert forbidden not in script


def test_the_form_says_what_was_wrong() -> None:
    assert 'role="alert"' not in sign_in_html("en")
    assert "password or the token is wrong." in ParsedHtml(sign_in_html("en", "wrong")).text
    assert "Wait a minute" in ParsedHtml(sign_in_html("en", "slow")).text
    assert 'aria-invalid="true"' in sign_in_html("en", "wrong")


def test_the_box_says_that_questions_are_kept() -> None:
    assert "are kept in a log" in ParsedHtml(box_html("en", logged=True)).text
    assert "are kept in a log" not in ParsedHtml(box_html("en", logged=False)).text
