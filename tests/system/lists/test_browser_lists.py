"""The items of a list under an answer, in a real Chromium."""

import json
from collections.abc import Callable, Iterator

import pytest

from tests.support.browsing import ask, browser, picture, playwright, small_chat, visit
from tests.support.browsing import pytestmark as pytestmark

__all__ = ["browser", "visit"]  # fixtures

SAID = [
    ("en", "Kenya, Chad and Peru signed the Coral accord on Monday.", "The accord"),
    ("en", "Kenya and Nepal signed the Coral accord, their ministers said.", "More signatures"),
    ("zh", "挪威、丹<b>麦和冰岛周一签署了临江条约。", "签署条约"),
    ("zh", "挪威和芬兰签署了临江条约。", "芬兰加入"),
]
ARTICLES = [
    {"id": f"a{n}", "date": f"2025-03-0{n + 1}", "title": title, "text": text, "language": code}
    for n, (code, text, title) in enumerate(SAID)
]
QUESTION = "Which countries signed the Coral accord?"
CHINESE = "哪些国家签署了临江条约？"
PATTERNS = {
    QUESTION: r"Kenya, Chad and Peru|Kenya and Nepal",
    CHINESE: "挪威、丹<b>麦和冰岛|挪威和芬兰",
}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    seeds = tmp_path_factory.mktemp("listed") / "seeds"
    seeds.mkdir()
    (seeds / "all.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    with small_chat(seeds, seeds.parent / "index") as (found, archive):
        archive._reader.patterns.update(PATTERNS)  # type: ignore[attr-defined]
        yield found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_item_has_its_sources(
    visit: Callable[..., "playwright.Page"], address: str, scheme: str
) -> None:
    page = visit(address, viewport={"width": 1280, "height": 880}, color_scheme=scheme)
    reply = ask(page, QUESTION)
    items = reply.locator(".qa-items li").all_inner_texts()
    assert [item.split(" [")[0] for item in items] == ["Kenya", "Chad", "Peru", "Nepal"]
    kenya = next(item for item in items if item.startswith("Kenya"))
    assert "[1]" in kenya
    assert "[2]" in kenya
    reply.locator(".qa-items li", has_text="Nepal").locator(".qa-cite").click()
    page.locator("#evidence mark", has_text="Kenya and Nepal signed").first.wait_for()
    picture(page, f"list-{scheme}")


def test_in_chinese_on_a_phone(visit: Callable[..., "playwright.Page"], address: str) -> None:
    page = visit(address, viewport=PHONE, locale="zh-CN", color_scheme="dark")
    reply = ask(page, CHINESE)
    assert "逐项列出（4）" in reply.locator(".qa-items").inner_text()
    assert reply.locator(".qa-items li").nth(1).inner_text().startswith("丹<b>麦")
    picture(page, "list-phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
