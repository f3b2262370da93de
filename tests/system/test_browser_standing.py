"""The bell, the line on news and the list of standing questions in a real Chromium."""

import json
import os
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
import pytest

from index import build
from qa import Archive
from qa.standing.book import Book
from qa.standing.checking import check
from qa.standing.shared import SharedList
from tests.support.browsing import ask, browser, expect, playwright, small_chat, visit
from tests.support.browsing import pytestmark as pytestmark
from tests.support.fakes import FakeEncoder

__all__ = ["browser", "visit"]  # fixtures

ARTICLES = [
    {"id": "a", "title": "The bridge", "date": "2025-01-02", "language": "en",
     "text": "The mayor, Ann Lee, opened the bridge on Monday."},
    {"id": "b", "title": "一座桥", "language": "zh", "text": "市长李安星期一为大桥剪彩。"},
]  # fmt: skip
NEW = {
    "id": "c", "title": "<b>Zorro</b>", "date": "2025-02-03", "language": "en",
    "text": "A man called Don Diego was seen at the <script>bridge</script>. It rained.",
}  # fmt: skip
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1280, "height": 880}},
    "dark-zh": {
        "viewport": {"width": 1280, "height": 880}, "color_scheme": "dark", "locale": "zh-CN",
    },
    "phone": {"viewport": {"width": 390, "height": 844}},
}  # fmt: skip


@dataclass
class Served:
    """A page over a small archive, and its standing questions."""

    address: str
    archive: Archive
    book: Book
    seeds: Path

    def add_article(self) -> None:
        lines = "\n".join(map(json.dumps, [*ARTICLES, NEW]))
        (self.seeds / "all.jsonl").write_text(lines, encoding="utf-8")
        build(self.seeds, self.archive.place, encoder=FakeEncoder())
        check(self.archive.models(), self.book)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    seeds = tmp_path_factory.mktemp("standing") / "seeds"
    seeds.mkdir()
    (seeds / "all.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    book = Book(seeds.parent / "data" / "standing.sqlite")
    with small_chat(seeds, seeds.parent / "index", standing=SharedList(book)) as (address, archive):
        yield Served(address, archive, book, seeds)


def test_a_bell_by_keyboard_and_its_news(
    visit: Callable[..., "playwright.Page"], served: Served
) -> None:
    """One story, as later steps need the earlier ones. ARCHIVE_QA_SCREENSHOTS=folder: pictures."""
    folder = Path(os.environ.get("ARCHIVE_QA_SCREENSHOTS") or served.seeds.parent)
    page = visit(served.address)
    bell = ask(page, "find Ann Lee").locator(".qa-bell")
    expect(bell).to_have_attribute("aria-pressed", "false")
    bell.focus()
    page.keyboard.press("Space")
    page.locator(".qa-standing", has_text="Standing questions: 1").wait_for()
    expect(bell).to_have_attribute("aria-pressed", "true")
    ask(page, "find Don Diego").locator(".qa-bell").click()
    page.locator(".qa-standing", has_text="Standing questions: 2").wait_for()
    pressed = page.locator(".qa-bell.qa-chosen")
    expect(page.locator(".qa-bell.qa-chosen[aria-pressed=true]")).to_have_count(2)
    page.screenshot(path=folder / "standing-bells.png")
    pressed.first.click()
    page.locator(".qa-standing", has_text="Standing questions: 1").wait_for()
    assert [one.question for one in served.book.questions()] == ["find Don Diego"]
    served.add_article()

    for name, look in LOOKS.items():
        other = visit(served.address, **look)
        if name == "light":
            other.locator(".qa-has-news", has_text="1 standing question has news").wait_for()
        ask(other, "find 李安" if "zh" in name else "find Don Diego")
        other.locator(".qa-standing").click()
        listed = other.locator(".qa-standing-list")
        listed.locator(".qa-fresh" if name == "light" else ".qa-forget").first.wait_for()
        other.mouse.move(0, 0)
        other.wait_for_timeout(400)
        other.screenshot(path=folder / f"standing-{name}.png")
        width = other.viewport_size["width"] if other.viewport_size else 0
        assert other.evaluate("document.documentElement.scrollWidth") <= width
        assert "Don Diego" in listed.inner_text()
        other.locator(".qa-has-news").wait_for(state="detached")  # somebody has seen it

    feed = urllib.request.urlopen(f"{served.address}feeds/news.atom").read()
    (entry,) = feedparser.parse(feed).entries
    assert "find Don Diego" in entry.title
    other.goto(urljoin(served.address, entry.link))
    other.locator(".qa-text mark").wait_for()
    other.keyboard.press("Escape")  # on a telephone the article covers the page
    other.locator(".qa-standing").click()
    remove = other.locator(".qa-forget")
    assert remove.get_attribute("aria-label") == "Remove the standing question “find Don Diego”"
    remove.click()
    remove.wait_for(state="detached")
    assert len(served.book) == 0
