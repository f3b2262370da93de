"""Permalinks in a real Chromium: opened, copied, after rebuilds, and with hostile content."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from index import build
from qa import Archive
from qa.permalink import link_to
from tests.support.browsing import ask, browser, in_view, playwright, small_chat, visit
from tests.support.browsing import pytestmark as pytestmark
from tests.support.fakes import FakeEncoder

__all__ = ["browser", "visit"]  # fixtures

BRIDGE = "The mayor, Ann Lee, opened the bridge on Monday."
FERRY = "The ferry to Oban carried 312 people on Tuesday."
ZEBRA = "Zebras crossed the square of Lugano yesterday."
FILLER = "More of it.\n\n" * 60
HOSTILE = (
    "<img src=x onerror=window.__pwned.push(1)><script>window.__pwned.push(2)</script>"
    "\"'></div>[a](javascript:window.__pwned.push(3)) ![p](http://evil.example/p.png) $x$ 312 Oban"
)


def write(seeds: Path, **texts: str) -> None:
    lines = [
        {"id": name, "title": name.title(), "language": "en", "text": f"{FILLER}{text} {FILLER}"}
        for name, text in texts.items()
    ]
    (seeds / "all.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Archive, Path]]:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    write(seeds, bridge=BRIDGE, ferry=FERRY, zebra=ZEBRA)
    with small_chat(seeds, tmp_path / "index") as (address, archive):
        yield address, archive, seeds


def links(archive: Archive) -> dict[str, str]:
    found = {}
    for name, sentence in (("bridge", BRIDGE), ("ferry", FERRY), ("zebra", ZEBRA)):
        article = archive.article(name)
        start = article.text.index(sentence)
        found[name] = str(link_to(article, start, start + len(sentence)))
    return found


def test_permalinks(
    visit: Callable[..., "playwright.Page"], served: tuple[str, Archive, Path]
) -> None:
    address, archive, seeds = served
    cited = links(archive)
    page = visit(f"{address}{cited['bridge'][1:]}")  # the first page of this browser
    mark, notice = page.locator("#evidence mark"), page.locator("#evidence .qa-notice")
    mark.filter(has_text=BRIDGE).wait_for()
    in_view(page)
    assert notice.count() == 0
    assert page.evaluate("location.hash") == cited["bridge"][1:]

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reply = ask(page, "find 312 people")
    page.wait_for_function("!location.hash")  # another article is shown
    reply.locator(".qa-permalink").click()
    reply.locator(".qa-permalink + .qa-done").filter(has_text="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{address}{cited['ferry'][1:]}"
    page.locator("#evidence .qa-permalink").click()
    assert page.evaluate("navigator.clipboard.readText()") == copied

    write(seeds, bridge=f"Corrected. {BRIDGE}", ferry=FERRY.replace("312", "412"))
    build(seeds, archive.where, encoder=FakeEncoder())

    def follow(link: str) -> None:
        page.evaluate("link => { location.hash = link; }", link[1:])

    follow(cited["bridge"])
    notice.filter(has_text="word for word").wait_for()
    assert mark.inner_text() == BRIDGE
    follow(cited["ferry"])
    notice.filter(has_text="nearest text").wait_for()
    assert (notice.locator("del").inner_text(), notice.locator("ins").inner_text()) == (
        "312",
        "412",
    )
    assert mark.inner_text() == FERRY.replace("312", "412")
    in_view(page)
    follow(cited["zebra"])
    notice.filter(has_text="no longer in the archive").wait_for()
    assert ZEBRA in notice.inner_text()
    assert mark.count() == 0  # nothing is like it

    head = cited["ferry"].split("?")[0]
    follow(f"{head}?q={quote(HOSTILE, safe='')}")
    notice.filter(has_text="onerror=window.__pwned.push(1)").wait_for()
    follow(f"{head}?q={HOSTILE}")
    page.locator("#evidence").filter(has_text="is no permalink").wait_for()
    follow(f"{head}?q={'%41' * 20_000}")
    page.locator("#evidence").filter(has_text="is no permalink").wait_for()
    assert page.locator("#evidence img, #evidence script, #evidence a").count() == 0
