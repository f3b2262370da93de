"""Refusals explained, verdicts and notices in a real Chromium."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from index.store.base.error_rate import ErrorRate, keep_error_rate
from index.store.doors import open_store
from qa import Archive
from qa.question_log.log import QuestionLog, read_entries
from tests.support.browsing import (
    ANSWERS_WITHIN,
    FindingReader,
    ask,
    browser,
    expect,
    playwright,
    small_chat,
    visit,
)
from tests.support.browsing import pytestmark as pytestmark

__all__ = ["browser", "visit"]  # fixtures

ARTICLES = [
    {"id": "a", "title": "The bridge", "date": "2025-01-02", "language": "en",
     "text": "The mayor, Ann Lee, opened the bridge on Monday."},
    {"id": "b", "title": "一座桥", "language": "zh", "text": "市长李安星期一为大桥剪彩。"},
]  # fmt: skip
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1280, "height": 880}},
    "dark-zh": {"viewport": {"width": 1280, "height": 880}, "color_scheme": "dark",
                "locale": "zh-CN"},
    "phone": {"viewport": {"width": 390, "height": 844}},
    "phone-zh": {"viewport": {"width": 390, "height": 844}, "locale": "zh-CN"},
}  # fmt: skip


class UnsureReader(FindingReader):
    """As sure of "guess WORDS" as of an answer that is not given."""

    digest = "abc"

    def read(self, question: str, passages: object, found: object = ()) -> list[object]:  # type: ignore[override]
        spans = super().read(question, passages)  # type: ignore[arg-type]
        if question.startswith("guess"):
            spans = [type(s)(s.passage, s.start, s.end, s.score, 0.4) for s in spans]
        return list(spans)

    def with_threshold(self, threshold: float) -> "UnsureReader":
        return self


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Archive]]:
    seeds = tmp_path_factory.mktemp("judged") / "seeds"
    seeds.mkdir()
    (seeds / "all.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    log = QuestionLog(seeds.parent / "questions.jsonl")
    with small_chat(seeds, seeds.parent / "index", reader=UnsureReader(), log=log) as found:
        chosen = ErrorRate(0.1, 0.95, 0.5, 200, 142, 2, "2026-11-28", 1, "fake 1", "abc")
        keep_error_rate(open_store(seeds.parent / "index"), chosen)
        yield found


def verdicts(archive: Archive) -> list[object]:
    assert archive.log is not None
    return [entry["verdict"] for entry in read_entries(archive.log.file) if "verdict" in entry]


def test_a_refusal_says_what_is_missing_and_folds_away_the_unsure_answer(
    visit: Callable[..., "playwright.Page"], served: tuple[str, Archive]
) -> None:
    page = visit(served[0])
    reply = ask(page, "guess Ann Lee")
    assert "Nowhere in the archive, as spelled here: guess" in reply.inner_text()
    unsure = reply.locator(".qa-others")
    assert not unsure.locator("strong").is_visible()
    unsure.locator("summary").focus()
    page.keyboard.press("Enter")
    assert unsure.locator("strong").inner_text() == "Ann Lee"
    assert "Below the threshold: 40%" in unsure.inner_text()


def test_verdicts_by_keyboard_are_logged_and_stay(
    visit: Callable[..., "playwright.Page"], served: tuple[str, Archive]
) -> None:
    address, archive = served
    page = visit(address)
    reply = ask(page, "find Ann Lee")
    reply.locator("summary").first.click()
    group = reply.locator(".qa-verdicts")
    wrong = group.locator("[value='0-wrong']")
    assert wrong.inner_text() == "Wrong"
    wrong.focus()
    page.keyboard.press("Space")
    group.get_by_role("status").filter(has_text="Kept in the log").wait_for()
    expect(wrong).to_have_attribute("aria-pressed", "true")
    assert reply.locator("details").first.get_attribute("open") is not None, "not drawn anew"
    page.wait_for_function("() => document.activeElement.value === '0-wrong'")
    group.get_by_role("button", name="Not what I asked").click()
    expect(wrong).to_have_attribute("aria-pressed", "false")
    for _ in range(ANSWERS_WITHIN * 10):  # nothing on the page tells that it is in the log
        if len(verdicts(archive)) == 2:
            break
        page.wait_for_timeout(100)
    assert verdicts(archive) == ["wrong", "other"]
    ask(page, "find bridge")
    chosen = page.locator(".qa-verdicts").first.locator(".qa-chosen")
    assert chosen.inner_text() == "Not what I asked"


def test_the_page_tells_of_the_log_and_of_the_error_rate(
    visit: Callable[..., "playwright.Page"], served: tuple[str, Archive]
) -> None:
    page = visit(served[0])
    shown = page.locator("#notices")
    expect(shown).to_contain_text("kept in a log on the computer that runs this page")
    expect(shown).to_contain_text(
        "wrong in at most 10% of its answers (95% certain, from 200 questions)"
    )


@pytest.mark.parametrize("look", LOOKS)
def test_it_fits_every_screen(
    visit: Callable[..., "playwright.Page"], served: tuple[str, Archive], look: str, tmp_path: Path
) -> None:
    """ARCHIVE_QA_SCREENSHOTS=folder keeps the pictures."""
    page = visit(served[0], **LOOKS[look])
    ask(page, "find 李安" if "zh" in look else "find Ann Lee")
    reply = ask(page, "guess 李安的推特在哪里？" if "zh" in look else "guess Ann Lee")
    if reply.locator(".qa-others summary").count():
        reply.locator(".qa-others summary").click()
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)
    folder = Path(os.environ.get("ARCHIVE_QA_SCREENSHOTS") or tmp_path)
    page.screenshot(path=folder / f"verdicts-{look}.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    box = page.locator("#question").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 880
