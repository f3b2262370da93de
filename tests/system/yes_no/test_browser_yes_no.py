"""A yes/no question in a real Chromium: the sentence, and that the reader judges."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.browsing import ask, browser, playwright, small_chat, visit
from tests.support.browsing import pytestmark as pytestmark

__all__ = ["browser", "visit"]  # fixtures

ARTICLES = [
    {"id": "a", "date": "2025-03-04", "title": "The bridge", "text": "The Orvel bridge is open."},
    {"id": "b", "date": "2025-03-06", "title": "大桥", "text": "岚州大桥没有出现裂缝。"},
]
ASKED = {
    "Is the Orvel bridge open?": ("is open", "is for you to judge", "english"),
    "岚州大桥是否出现裂缝？": ("没有出现裂缝", "由您判断", "chinese"),
}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    seeds = tmp_path_factory.mktemp("bridge") / "seeds"
    seeds.mkdir()
    (seeds / "all.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    with small_chat(seeds, seeds.parent / "index") as (found, archive):
        patterns = {question: pattern for question, (pattern, *_) in ASKED.items()}
        archive._reader.patterns.update(patterns)  # type: ignore[attr-defined]
        yield found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sentence_is_shown_and_the_reader_judges(
    visit: Callable[..., "playwright.Page"], address: str, scheme: str
) -> None:
    page = visit(address, viewport=PHONE, color_scheme=scheme)
    for question, (_, shown, name) in ASKED.items():
        reply = ask(page, question)
        assert shown in reply.locator(".qa-undecided").inner_text()
        if folder := os.environ.get("ARCHIVE_QA_PICTURES"):
            page.wait_for_timeout(600)
            page.screenshot(path=Path(folder) / f"yes-no-{name}-{scheme}.png")
