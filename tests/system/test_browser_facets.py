"""Names and days in a real Chromium: beside the table, and beside the chat."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qa import Archive
from tests.support.browsing import ask, browser, expect, playwright, small_chat, visit
from tests.support.browsing import pytestmark as pytestmark

__all__ = ["browser", "visit"]  # fixtures
HOSTILE = "President <img src=x onerror=alert(1)> Ann <b>Lee</b> met Mr Bob `Ray` in Lyon."
LINES = (
    '{"id": "a", "title": "A bridge", "date": "2025-01-28", "text": "Mayor Ann Lee left Lyon."}',
    '{"id": "b", "title": "A school", "date": "2025-04-02", "text": "Mayor Ann Lee saw Nairobi."}',
    f'{{"id": "c", "title": "<i>c</i>", "text": "{HOSTILE}"}}',
)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Archive]]:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "all.jsonl").write_text("\n".join(LINES), encoding="utf-8")
    with small_chat(seeds, tmp_path / "index") as found:
        yield found


@pytest.fixture
def page(visit: Callable[..., "playwright.Page"], served: tuple[str, Archive]) -> "playwright.Page":
    return visit(served[0])


def test_names_and_bars_narrow_the_table_and_the_chat(page: "playwright.Page") -> None:
    page.get_by_role("tab", name="Archive").click()
    facets, pager = page.locator("#facets"), page.locator(".qa-pager")
    facets.get_by_role("button", name="Ann Lee", exact=True).click()
    pager.get_by_text("1–2 / 2").wait_for()
    page.locator(".qa-chip").wait_for()  # drawn anew, the plot has lost no focus
    facets.get_by_role("button", name="2025-04: 1").focus()
    page.keyboard.press("Enter")  # the plot is used by the keyboard, too
    pager.get_by_text("1–1 / 1").wait_for()
    expect(page.locator(".qa-read")).to_have_text("A school")
    facets.get_by_role("button", name="2025-04-01 – 2025-04-30").click()
    pager.get_by_text("1–2 / 2").wait_for()
    page.locator("#find-name input, #find-name textarea").fill("nairo")
    facets.get_by_role("button", name="Nairobi").wait_for()
    facets.get_by_role("button", name="Lyon").wait_for(state="detached")
    facets.get_by_role("button", name="Nairobi").click()
    pager.get_by_text("1–1 / 1").wait_for()
    page.locator(".qa-chip").nth(1).wait_for()
    facets.locator("button.qa-narrow-names").click()
    page.locator("#question textarea").wait_for(state="visible")
    page.locator("#names").get_by_text("Nairobi").first.wait_for()
    reply = ask(page, "find Ann Lee")
    assert "Only: Ann Lee · Nairobi" in " ".join(reply.inner_text().split())
    assert "A school" in reply.inner_text()


def test_an_answer_shows_what_its_articles_name_and_nothing_of_it_is_html(
    page: "playwright.Page",
) -> None:
    opened: list[object] = []
    page.on("dialog", lambda dialog: opened.append(dialog))
    ask(page, "find Lyon").locator(".qa-facets-of").click()
    panel = page.locator("#evidence .qa-facets")
    panel.get_by_role("button", name="Lyon").wait_for()
    assert panel.locator("img, b, i").count() == 0
    panel.get_by_role("button", name="Lyon").click()
    page.locator("#names").get_by_text("Lyon").first.wait_for()
    assert "Only: Lyon" in " ".join(ask(page, "find Lyon").inner_text().split())
    assert opened == []
