"""What several articles say, and the timeline beside the conversation, in a real Chromium."""

import json
from collections.abc import Callable, Iterator

import pytest

from tests.support.browsing import ask, browser, expect, picture, playwright, small_chat, visit
from tests.support.browsing import pytestmark as pytestmark

__all__ = ["browser", "visit"]  # fixtures

SAID = [
    ("2025-03-01", "The sinking of the ferry killed 12 people, the coast guard said.", "The ferry"),
    ("2025-03-02", "Twelve people died when the ferry sank, officials said.", "A day of mourning"),
    ("2025-03-04", "The sinking of the ferry killed 15 people, divers said.", "Divers at work"),
    ("2025-03-09", "The sinking of the ferry killed 23 people, a court heard.", "Before the court"),
    ("2025-04-01", "渡轮沉没造成12人死亡，海警说。", "渡轮沉没"),
    ("2025-04-03", "渡轮沉没造成十五人死亡，潜水员说。", "潜水员下水"),
]
ARTICLES = [
    {"id": f"a{n}", "date": day, "title": title, "text": text, "language": "en" if n < 4 else "zh"}
    for n, (day, text, title) in enumerate(SAID)
]
QUESTION = "How many people died in the sinking of the ferry?"
CHINESE = "渡轮沉没造成多少人死亡？"
PATTERNS = {QUESTION: r"\b(?:12|Twelve|15|23)\b", CHINESE: "12人|十五人"}
PLOTTED = """() => [...document.querySelectorAll("#timeline-plot :is(canvas, svg)")]
    .some(plot => plot.getBoundingClientRect().width > 200)"""
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    seeds = tmp_path_factory.mktemp("said") / "seeds"
    seeds.mkdir()
    (seeds / "all.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    with small_chat(seeds, seeds.parent / "index") as (found, archive):
        archive._reader.patterns.update(PATTERNS)  # type: ignore[attr-defined]
        yield found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sources_that_differ_and_how_they_changed(
    visit: Callable[..., "playwright.Page"], address: str, scheme: str
) -> None:
    page = visit(address, viewport={"width": 1280, "height": 880}, color_scheme=scheme)
    reply = ask(page, QUESTION)
    assert "Sources differ" in reply.locator(".qa-groups").inner_text()
    groups = reply.locator(".qa-groups li").all_inner_texts()
    assert groups[0].startswith("12 · 2 articles, 2025-03-01 – 2025-03-02")
    assert any(line.startswith("15 · 1 article, 2025-03-04") for line in groups)
    assert 0 < sum(line.endswith(": differs") for line in groups) < len(groups)
    picture(page, f"differ-{scheme}")
    reply.locator(".qa-over-time").click()
    rows = page.locator("#timeline tbody tr")
    rows.first.wait_for()
    assert [row.split("\t")[0] for row in rows.all_inner_texts()] == [
        "2025-03-01 – 2025-03-02", "2025-03-04", "2025-03-09",
    ]  # fmt: skip
    assert "latest" in rows.last.inner_text()
    page.wait_for_function(PLOTTED)
    picture(page, f"over-time-{scheme}")
    reply.locator(".qa-answer .qa-cite").click()  # the article takes its place
    page.locator("#evidence .qa-evidence").wait_for()
    expect(page.locator("#timeline")).to_be_hidden()
    reply.locator(".qa-over-time").click()
    rows.first.wait_for()
    ask(page, "find nothing of the kind")  # the timeline of an earlier question goes
    page.locator("#timeline").wait_for(state="hidden")


def test_in_chinese_on_a_phone(visit: Callable[..., "playwright.Page"], address: str) -> None:
    page = visit(address, viewport=PHONE, locale="zh-CN", color_scheme="dark")
    reply = ask(page, CHINESE)
    assert "各来源不一致" in reply.locator(".qa-groups").inner_text()
    picture(page, "differ-phone")
    reply.locator(".qa-over-time").focus()
    page.keyboard.press("Enter")
    rows = page.locator("#timeline tbody tr")
    rows.first.wait_for()
    assert "最新" in rows.last.inner_text()
    page.wait_for_function(PLOTTED)
    picture(page, "over-time-phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.keyboard.press("Escape")
    page.locator("#timeline").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.classList.contains('qa-over-time')")
