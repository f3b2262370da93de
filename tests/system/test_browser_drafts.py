"""A draft is pasted or opened, checked, and shown with its sources, in a real Chromium."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.browsing import browser, in_view, picture, playwright, small_chat, visit
from tests.support.browsing import pytestmark as pytestmark

__all__ = ["browser", "visit"]  # fixtures

ARTICLE = {
    "id": "bridge", "date": "2025-03-04", "title": "Norrvik opens its bridge", "language": "en",
    "text": "The harbour bridge in Norrvik is 412 metres long, the council said. About 6,000 "
    "people crossed it on foot. \"We have waited thirty years for this walk,\" the mayor, Astrid "
    "Holmqvist, told the crowd.",
}  # fmt: skip
DRAFT = """# The bridge

The harbour bridge in Norrvik is 421 metres long. About 6,000 people crossed it on foot.
“We have waited forty years for this walk,” the mayor, Astrid Holmqvist, told the crowd.
A statue of Henrik Dahl costs 90 euros. <img src=x onerror=window.__pwned.push(1)>
[a](javascript:window.__pwned.push(2)) ![p](http://evil.example/p.png) \u202e$x$
"""
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    seeds = tmp_path_factory.mktemp("drafts") / "seeds"
    seeds.mkdir()
    (seeds / "all.jsonl").write_text(json.dumps(ARTICLE), encoding="utf-8")
    with small_chat(seeds, seeds.parent / "index", adding=True) as (found, _):
        yield found


def check(page: "playwright.Page", tab: str) -> "playwright.Locator":
    """Paste the draft and check it with the keyboard; the list of what was found."""
    page.get_by_role("tab", name=tab).click()
    page.locator("#draft textarea").fill(DRAFT)
    page.locator("#check-draft").focus()
    page.keyboard.press("Enter")
    claims = page.locator(".qa-claims")
    claims.wait_for()
    return claims


def test_a_draft_is_checked_and_leads_to_its_sources(
    visit: Callable[..., "playwright.Page"], address: str, tmp_path: Path
) -> None:
    page = visit(address, viewport={"width": 1280, "height": 880})
    claims = check(page, "Check a draft")
    picture(page, "draft-en")
    assert "2 differ, 2 not in the archive" in claims.inner_text()
    assert page.locator(".qa-claim[data-status=differs]").all_inner_texts() == [
        "421 metres",
        "“We have waited forty years for this walk,”",
    ]
    differs = claims.locator("li[data-status=differs]")
    assert "412 metres" in differs.nth(0).inner_text()
    assert differs.nth(1).locator("del, ins").all_inner_texts() == ["forty", "thirty"]
    assert page.locator("#draft-report img, #draft-report script").count() == 0
    assert "onerror" in page.locator(".qa-draft-text").inner_text()

    page.locator(".qa-claim").first.focus()  # from a mark to its entry, by keyboard
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.qa-claims li:target') !== null")
    differs.nth(0).locator("a").click()
    page.locator("#evidence mark").filter(has_text="412 metres long").wait_for()
    in_view(page)

    page.get_by_role("tab", name="Check a draft").click()
    file = tmp_path / "draft.md"
    file.write_text("Norrvik. The harbour bridge in Norrvik is 412 metres long.", encoding="utf-8")
    with page.expect_file_chooser() as chooser:
        page.locator("#draft-file").click()
    chooser.value.set_files(file)
    claims.filter(has_text="0 differ").wait_for()


def test_on_a_phone_in_chinese_and_dark(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address, viewport=PHONE, color_scheme="dark", locale="zh-CN")
    claims = check(page, "核对稿件")
    claims.locator("[data-status=differs]").first.scroll_into_view_if_needed()
    picture(page, "draft-zh-phone")
    assert "2处不同" in claims.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
