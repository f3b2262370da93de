"""Several archives in a real Chromium: which is which, one alone, and one that is not there."""

import json
from collections.abc import Callable
from pathlib import Path

from index import build
from tests.support.browsing import ask, browser, picture, playwright, small_chat, visit
from tests.support.browsing import pytestmark as pytestmark
from tests.support.fakes import FakeEncoder

__all__ = ["browser", "visit"]  # fixtures

NEWS = "The bridge of Ulm cost 18 million euros, said Bram Oster."
OLD = "The bridge of Ulm cost 12 million euros, said Ute Falk."
SHARED = "Nina Solt cut the ribbon of the new ferry."


def seeds_of(tmp_path: Path, name: str, bridge: str) -> Path:
    folder = tmp_path / f"seeds-{name}"
    folder.mkdir()
    lines = [
        {"id": "bridge", "title": f"Bridge, {name}", "text": bridge, "language": "en"},
        {"id": f"ferry-{name}", "title": "Ferry", "text": SHARED, "language": "en"},
    ]
    (folder / "all.jsonl").write_text("\n".join(map(json.dumps, lines)))
    return folder


def test_two_archives(visit: Callable[..., "playwright.Page"], tmp_path: Path) -> None:
    old = tmp_path / "old"
    build(seeds_of(tmp_path, "old", OLD), old, encoder=FakeEncoder())
    seeds = seeds_of(tmp_path, "news", NEWS)
    with small_chat(seeds, tmp_path / "index", others={"old": old}) as (address, _):
        page = visit(address, viewport={"width": 1280, "height": 900})
        reply = ask(page, "find 12 million euros")
        assert "old: all.jsonl#1" in reply.locator(".qa-source summary").inner_text()
        page.locator("#evidence .qa-where").filter(has_text="old: all.jsonl#1").wait_for()
        picture(page, "several-answer")

        # the same report in both is one source, and the other place is named
        reply = ask(page, "find Nina Solt")
        assert reply.locator(".qa-source").count() == 1
        reply.locator(".qa-source summary").click()
        reply.locator(".qa-also").filter(has_text="also in old: all.jsonl#2").wait_for()
        assert "news: all.jsonl#2" in reply.locator(".qa-source summary").inner_text()

        # one click leaves one archive, and the next question is asked of it alone
        reply.get_by_role("button", name="Only news").click()
        page.locator("#one-archive input").wait_for()
        page.wait_for_function("document.querySelector('#one-archive input').value == 'news'")
        reply = ask(page, "find 12 million euros")
        assert "Only: news." in reply.inner_text()
        assert "Bridge, old" not in reply.inner_text()
        picture(page, "several-narrowed")

        # the table has a column and a list of archives
        page.get_by_role("tab").nth(1).click()
        rows = page.locator("#table tbody tr")
        rows.nth(3).wait_for()
        page.locator("#of-archive input").click()
        page.get_by_role("option", name="old").click()
        page.wait_for_function("document.querySelectorAll('#table tbody tr').length == 2")
        assert all("old" in text for text in rows.all_inner_texts())
        picture(page, "several-table")

        # nothing looks complete that is not
        old.rename(tmp_path / "removed")  # in one step: whoever still reads it makes files in it
        page = visit(address, viewport={"width": 1280, "height": 900})
        missing = "Not asked, so that this may be incomplete: old"
        page.locator("#notices").filter(has_text=missing).wait_for()
        reply = ask(page, "find 12 million euros")
        assert missing in reply.inner_text()
        page.get_by_role("tab").nth(1).click()
        page.locator("#table").filter(has_text=missing).wait_for()
        picture(page, "several-missing")
