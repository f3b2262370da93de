"""The chat page in a real Chromium, served by the real command over real models."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from index import build
from index.store.doors import Where
from tests.support.browsing import (
    ask,
    browser,
    chat,
    expect,
    in_view,
    playwright,
    reply_after,
    visit,
)
from tests.support.browsing import pytestmark as pytestmark
from tests.support.fakes import ROOT

__all__ = ["browser", "visit"]  # fixtures


@pytest.fixture(scope="module", params=["folder", pytest.param("database", marks=pytest.mark.slow)])
def address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("chat")
    index: Where = folder / "index"
    if request.param == "database":
        index = f"{request.getfixturevalue('server').address()}?archive=browsed"
    build(ROOT / "seeds", index)  # which a read-only chat leaves to others
    with chat(ROOT / "seeds", index, folder / "chat.log", "--read-only") as found:
        yield found


def test_an_english_question(visit: Callable[..., "playwright.Page"], address: str) -> None:
    page = visit(address)
    expect(page.locator(".qa-head")).to_contain_text("2 articles")
    reply = ask(page, "What share of Japan's imports was Russian LNG in 2024?")
    assert "8.6 percent" in reply.locator(".qa-answer strong").inner_text()
    assert "confidence" in reply.locator(".qa-confidence").inner_text()
    source = reply.locator("details").first
    assert "Takaichi tells Trump Japan will continue Russian LNG imports" in source.inner_text()
    assert "002_32ee708ab20e5177.txt" in source.inner_text()
    assert not source.locator("mark").is_visible()
    source.locator("summary").click()
    assert "8.6 percent" in source.locator("mark").inner_text()
    assert "difficulty of halting imports" in source.locator("blockquote").inner_text()
    background = source.locator("mark").evaluate("e => getComputedStyle(e).backgroundColor")
    assert background not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")


def test_a_chinese_question_by_keyboard_alone(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address, viewport={"width": 390, "height": 844}, color_scheme="dark")
    reply = ask(page, "韩国总统李在明什么时候抵达日本奈良县？")
    assert "2026年1月13日" in reply.locator(".qa-answer strong").inner_text()
    source = reply.locator("details").first
    assert "相关报道摘要，见于 002_32ee708ab20e5177.txt" in source.inner_text()
    source.locator("summary").focus()
    page.keyboard.press("Enter")
    assert "韩国总统李在明" in source.locator("mark").inner_text()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, "the page is wider than the phone"
    box = page.locator("#question").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 844, "the question box is off the screen"


def test_what_the_archive_cannot_know(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address)
    reply = ask(page, "Who won the football World Cup in 1966?")
    assert "The archive does not hold an answer to this." in reply.inner_text()
    assert reply.locator("details").count() >= 1
    assert reply.locator("mark").count() == 0
    reply = ask(page, "珠穆朗玛峰有多高？")
    assert "档案里没有这个问题的答案" in reply.inner_text()


def test_questions_to_begin_with_and_a_new_conversation(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address)
    suggested = page.locator("#start .qa-ask")
    suggested.nth(3).wait_for()
    question = suggested.first.inner_text()
    suggested.first.click()
    reply = reply_after(page, 0)
    assert reply.locator(".qa-answer").count() == 1, "the archive answers what it suggests"
    assert page.locator(".qa-question").first.inner_text() == question
    expect(suggested.first).to_be_hidden()
    page.locator("#again").click()
    suggested.first.wait_for()
    expect(page.locator(".qa-reply")).to_have_count(0)


def test_a_source_stays_open_when_the_talk_goes_on(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address)
    first = ask(page, "Where did Takaichi and Trump meet?")
    first.locator("summary").first.click()
    ask(page, "什么是穿梭外交？")
    assert first.locator("details").first.get_attribute("open") is not None


def test_the_picture_in_the_readme(
    visit: Callable[..., "playwright.Page"], address: str, tmp_path: Path
) -> None:
    """ARCHIVE_QA_SCREENSHOT=.github/screenshot.png takes it anew."""
    page = visit(address, viewport={"width": 1280, "height": 880})
    for question in (
        "What share of Japan's imports was Russian LNG in 2024?",
        "韩国总统李在明什么时候抵达日本奈良县？",
    ):
        ask(page, question)
    in_view(page)
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)
    picture = Path(os.environ.get("ARCHIVE_QA_SCREENSHOT") or tmp_path / "screenshot.png")
    page.screenshot(path=picture)
    assert picture.stat().st_size < 300_000


def test_bad_questions_get_a_polite_line(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address)
    assert "question is empty" in ask(page, "   ").inner_text()
    assert "100,000 characters" in ask(page, "x" * 100_000).inner_text()
    assert page.locator(".qa-question").last.inner_text().endswith("…")


def test_a_read_only_server_gives_out_and_takes_in_no_files(address: str) -> None:
    seed = ROOT / "seeds" / "002_32ee708ab20e5177.txt"
    for path in (
        "seeds/002_32ee708ab20e5177.txt",
        seed,
        "app.py",
        "/etc/passwd",
        "../../etc/passwd",
    ):
        with pytest.raises(HTTPError) as refused:
            urlopen(f"{address}gradio_api/file={path}")
        assert refused.value.code in (403, 404)
        refused.value.close()
    head = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
    form = head + b"hello\r\n--b--"
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(f"{address}gradio_api/upload", form, kind))
    assert refused.value.code == 403
    refused.value.close()


def test_a_citation_shows_its_place_in_the_whole_article(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address, viewport={"width": 1280, "height": 800})
    ask(page, "In which colours was Tokyo Skytree lit?")
    panel = page.locator("#evidence .qa-evidence")
    panel.wait_for()
    assert "Takaichi and Trump hold first summit in Tokyo" in panel.locator("h2").inner_text()
    assert "English · 000_eddc9b1b405ec3c8.txt" in panel.locator(".qa-where").inner_text()
    assert "red, white, and blue" in panel.locator("mark strong").inner_text()
    assert "The 40-minute meeting" in panel.inner_text(), "the whole article is there"
    in_view(page)
    reply = ask(page, "Where did Takaichi and Trump hold their first summit?")
    reply.locator(".qa-others summary").click()
    second = reply.locator(".qa-others li").first
    assert "confidence" in second.locator(".qa-confidence").inner_text()
    words = second.locator("strong").inner_text()
    second.locator(".qa-cite").click()
    panel.get_by_text("[2]").wait_for()
    assert panel.locator("mark strong").inner_text() == words
    in_view(page)


def test_on_a_phone_the_questions_to_begin_with_do_not_run_into_the_filters(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address, viewport={"width": 390, "height": 844})
    last = page.locator("#start .qa-ask").last
    expect(last).to_be_in_viewport()
    page.locator("#narrow > button").click()
    expect(page.locator("#clear")).to_be_visible()
    expect(last).not_to_be_in_viewport()


def test_on_a_phone_the_article_comes_over_the_page_and_goes_by_keyboard(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address, viewport={"width": 390, "height": 844})
    reply = ask(page, "Which golfer signed the golf bag?")
    panel = page.locator("#evidence .qa-evidence")
    panel.wait_for(state="attached")
    assert not panel.is_visible()
    reply.locator(".qa-cite").first.focus()
    page.keyboard.press("Enter")
    panel.wait_for()
    in_view(page)
    page.keyboard.press("Escape")
    panel.wait_for(state="hidden")
    expect(reply.locator(".qa-cite").first).to_be_focused()


def test_a_follow_up_says_how_it_was_understood_and_can_be_corrected(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address)
    ask(page, "Where did Takaichi and Trump hold their first summit?")
    assert page.locator(".qa-typed").count() == 0
    reply = ask(page, "And when?")
    understood = "When did Takaichi and Trump hold their first summit?"
    assert f"Understood as: {understood}" in reply.locator(".qa-understood").inner_text()
    assert "October 28" in reply.locator(".qa-answer strong").inner_text()
    page.locator(".qa-mend").click()
    page.wait_for_function(f"document.querySelector('#question textarea').value === '{understood}'")
    page.locator(".qa-typed").click()
    page.locator(".qa-understood").wait_for(state="detached")
    reply_after(page, 1)
    assert page.locator(".qa-question").last.inner_text() == "And when?"


def test_a_part_of_the_archive_is_asked(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address)
    page.locator("#narrow button").first.click()
    page.locator("#days input[name=after]").fill("2025-01-01")
    page.locator("#days input[name=before][min='2025-01-01']").wait_for()  # the page has taken it
    reply = ask(page, "Which golfer signed the golf bag?")
    said = reply.inner_text()
    assert "Only: 2025-01-01 – …. Articles without a date are left out: 2." in said
    assert "does not hold an answer" in said


@pytest.mark.parametrize(
    ("locale", "words"), [("zh-CN", "可以用任何语言提问"), ("nl-NL", "Ask in any language")]
)
def test_the_page_speaks_the_language_of_the_browser(
    visit: Callable[..., "playwright.Page"], address: str, locale: str, words: str
) -> None:
    page = visit(address, locale=locale)
    head = page.locator(".qa-head")
    head.get_by_text(words).wait_for()
    chinese = locale == "zh-CN"
    assert ("Ask in any" in head.inner_text()) != chinese
    hint = "向档案提问" if chinese else "Ask the archive"
    expect(page.locator("#question textarea")).to_have_attribute("placeholder", hint)
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN" if chinese else "en")
