"""Earlier versions in a real Chromium: the line at a source, the list, and hostile old texts."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from index import build
from tests.support.browsing import ask, browser, expect, playwright, small_chat, visit
from tests.support.browsing import pytestmark as pytestmark
from tests.support.fakes import FakeEncoder

__all__ = ["browser", "visit"]  # fixtures

HOSTILE = "<img src=x onerror=window.__pwned.push(1)> [a](javascript:window.__pwned.push(2)) $x$"
BEFORE = f"Rain fell. The ferry to Oban carried 312 people on Tuesday. {HOSTILE} Fog came."
NOW = "Rain fell. The ferry to Oban carried 412 people on Tuesday. Fog came."
CHINESE = "小雨。渡轮星期二载了{}人前往奥本。雾来了。"


def write(seeds: Path, ferry: list[str], boat: str) -> None:
    lines = [
        {"id": "ferry", "title": "Ferry", "language": "en", "text": text, "date": f"2026-11-0{day}"}
        for day, text in enumerate(ferry, start=1)
    ]
    lines += [
        {"id": "渡轮", "title": "渡轮", "language": "zh", "text": boat, "url": "https://a.example/1"},
        {"id": "copy", "title": "Copy", "language": "en", "text": "A copy.",
         "url": "https://a.example/1"},
    ]  # fmt: skip
    content = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (seeds / "all.jsonl").write_text(content, encoding="utf-8")


def take(page: "playwright.Page", name: str) -> None:
    if folder := os.environ.get("SCREENSHOTS"):
        page.wait_for_timeout(400)
        page.screenshot(path=f"{folder}/{name}.png")


def test_versions(visit: Callable[..., "playwright.Page"], tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    write(seeds, [BEFORE], CHINESE.format("三百"))
    build(seeds, tmp_path / "index", encoder=FakeEncoder(), versions="keep")
    with small_chat(seeds, tmp_path / "index") as (address, archive):
        old = archive.permalink("ferry")
        write(seeds, [BEFORE, NOW], CHINESE.format("四百"))
        build(seeds, archive.where, encoder=FakeEncoder())
        page = visit(address, viewport={"width": 1280, "height": 800})
        ask(page, "find 412 people")
        history = page.locator("#evidence .qa-versions")
        history.filter(has_text="Changed since 2026-11-01: ").wait_for()
        assert not history.locator("blockquote").is_visible()
        history.locator("summary").click()
        history.locator("del").filter(has_text="312").wait_for()
        assert "onerror=window.__pwned.push(1)" in history.inner_text()
        assert history.locator("img, a, script").count() == 0
        assert "The version of 2026-11-01: 2 sentences differ" in history.inner_text()
        take(page, "light")

        page.evaluate("link => { location.hash = link; }", old[1:])
        notice = page.locator("#evidence .qa-notice")
        notice.filter(has_text="The article said this in its version of 2026-11-01.").wait_for()
        take(page, "permalink")

        page.locator("#narrow button").first.click()
        page.get_by_label("Ask what articles said before they changed").check()
        reply = ask(page, "find 312 people")
        assert "Only: earlier versions of articles." in reply.inner_text()
        notice.filter(has_text="This is what the article said before it changed.").wait_for()
        expect(page.locator("#evidence strong")).to_have_text("312 people")
        take(page, "earlier")
        page.locator("#evidence .qa-narrow").click()  # asks the article of today
        page.wait_for_function("document.querySelector('#article input').value === 'Ferry'")
        reply = ask(page, "find 312 people")
        assert "choose no single article" in reply.inner_text()
        page.locator("#clear").click()  # in the browser alone: nothing to wait for
        reply = ask(page, "find 412 people")
        assert "Only:" not in reply.inner_text()

        phone = visit(
            address, viewport={"width": 390, "height": 844}, color_scheme="dark", locale="zh-CN"
        )
        reply = ask(phone, "找 四百")
        reply.locator("details.qa-source summary").first.click()
        reply.locator(".qa-changed").filter(has_text="之后有改动：1 句不同").first.wait_for()
        assert "另以 copy 发表" in reply.inner_text()
        take(phone, "dark_phone_reply")
        reply.locator(".qa-whole").first.click()
        history = phone.locator("#evidence .qa-versions")
        history.locator("summary").click()
        history.locator("ins").filter(has_text="四").wait_for()
        history.scroll_into_view_if_needed()
        take(phone, "dark_phone")
