"""The archive tab in a real Chromium: the table, reading, adding files, rebuilding."""

import itertools
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.encoder.sentence import Vectors
from qa import Archive
from tests.support.browsing import (
    ANSWERS_WITHIN,
    ask,
    browser,
    expect,
    playwright,
    small_chat,
    visit,
)
from tests.support.browsing import pytestmark as pytestmark

__all__ = ["browser", "visit"]  # fixtures
SLOW = ANSWERS_WITHIN * 1000
STARTS = {
    "a.txt": "A bridge is opened\n\nThe mayor, Ann Lee, opened the bridge on Monday.",
    "b.txt": "The school is closed\n\nThe teachers left the school on Friday.",
}


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    for name, words in STARTS.items():
        (folder / name).write_text(words, encoding="utf-8")
    return folder


@pytest.fixture
def served(seeds: Path) -> Iterator[tuple[str, Archive]]:
    with small_chat(seeds, seeds.parent / "index", adding=True) as found:
        yield found


@pytest.fixture
def page(visit: Callable[..., "playwright.Page"], served: tuple[str, Archive]) -> "playwright.Page":
    return opened(visit(served[0]))


def opened(page: "playwright.Page") -> "playwright.Page":
    page.get_by_role("tab", name="Archive").click()
    page.locator(".qa-table").wait_for()
    return page


def test_the_table_is_searched_and_sorted_and_an_article_read_and_asked(
    page: "playwright.Page",
) -> None:
    titles = page.locator(".qa-read")
    expect(titles.first).to_have_text("A bridge is opened")
    page.locator("button[value=sort-title]").click()
    page.locator("th[aria-sort=descending]").wait_for()
    expect(titles.first).to_have_text("The school is closed")
    page.locator("#find input, #find textarea").fill("bridge")
    page.get_by_text("1–1 / 1").wait_for()
    titles.first.focus()
    page.keyboard.press("Enter")
    reader = page.locator("#reader .qa-evidence")
    reader.wait_for()
    assert "Ann Lee" in reader.inner_text()
    page.wait_for_function("document.activeElement.matches('#reader .qa-text')")
    page.keyboard.press("Escape")
    reader.wait_for(state="detached")
    expect(titles.first).to_be_focused()
    titles.first.click()
    reader.locator(".qa-narrow").click()
    page.locator("#question textarea").wait_for(state="visible")
    page.wait_for_function("document.querySelector('#article input')?.value?.includes('bridge')")
    assert "does not hold an answer" in ask(page, "find school").inner_text()
    opened(page)
    page.locator("#find input, #find textarea").fill("nowhere")
    page.get_by_text("No article is like that.").wait_for()


def test_the_chat_answers_from_the_old_index_while_a_new_one_is_made(
    page: "playwright.Page",
    visit: Callable[..., "playwright.Page"],
    served: tuple[str, Archive],
) -> None:
    address, archive = served
    page.locator("#uploads button").first.click()
    lines = [{"title": f"Report {n}", "text": f"Pilot {n} is Eve Ito."} for n in range(600)]
    data = "\n".join(map(json.dumps, lines)).encode()
    page.locator("#files input[type=file]").set_input_files(
        [playwright.FilePayload(name="pilots.jsonl", mimeType="text/plain", buffer=data)]
    )
    page.locator("#files .file-preview", has_text="pilots").wait_for()  # not still on its way
    page.locator("#save").click()
    page.locator("#report").get_by_text("put into the archive's folder as").first.wait_for()
    with held(archive) as let_go:
        page.locator("#rebuild").click()
        progress = page.locator("#report [role=progressbar][aria-valuenow='43']")
        progress.wait_for()
        assert "256/600 passages" in " ".join(page.locator("#report").inner_text().split())
        assert page.locator(".qa-pager").inner_text().split("/")[1].split()[0] == "2"
        other = visit(address)
        assert "Monday" in ask(other, "find Ann Lee").locator(".qa-answer").inner_text()
        assert "does not hold an answer" in ask(other, "find Eve Ito").inner_text()
        let_go.set()
        report = page.get_by_text("600 added, 0 changed, 0 removed, 2 unchanged, 0 skipped")
        report.wait_for()
    page.get_by_text("1–20 / 602").wait_for()
    page.locator("button[value=later]").click()
    page.get_by_text("21–40 / 602").wait_for()
    assert "is Eve Ito" in ask(other, "find Eve Ito").locator(".qa-answer").inner_text()


@contextmanager
def held(archive: Archive) -> Iterator[threading.Event]:
    """Keep a build after the first of its steps until the event is set."""
    let_go, encoder, steps = threading.Event(), archive.encoder, itertools.count()
    embed = encoder.passages

    def passages(texts: Sequence[str]) -> Vectors:
        assert next(steps) == 0 or let_go.wait(ANSWERS_WITHIN)
        return embed(texts)

    encoder.passages = passages  # type: ignore[method-assign]
    try:
        yield let_go
    finally:
        let_go.set()


def test_what_cannot_be_an_article_is_not_taken(page: "playwright.Page", seeds: Path) -> None:
    page.locator("#uploads button").first.click()
    files = [("../new <b>.txt", b"A head\n\nSome words."), ("picture.png", b"\x89PNG\r\n\x1a\n")]
    page.locator("#files input[type=file]").set_input_files(
        [
            playwright.FilePayload(name=name, mimeType="text/plain", buffer=data)
            for name, data in files
        ]
    )
    page.locator("#files .file-preview", has_text="picture").wait_for()  # not still on its way
    page.locator("#save").click()
    said = page.locator("#report .qa-report")
    said.wait_for(timeout=SLOW)
    assert "put into the archive's folder as" in said.inner_text()
    assert "not taken: files of this kind are not taken" in said.inner_text()
    (added,) = {file.name for file in seeds.iterdir()} - set(STARTS)
    assert added.endswith(".txt")
    assert not set(added) & set("<>/ ")


def test_the_table_fits_a_phone(
    visit: Callable[..., "playwright.Page"], served: tuple[str, Archive]
) -> None:
    page = opened(visit(served[0], viewport={"width": 390, "height": 844}, locale="en"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".qa-read").first.click()
    reader = page.locator("#reader .qa-evidence")
    reader.wait_for()
    box = reader.bounding_box()
    assert box is not None
    assert box["width"] > 350
    reader.locator(".qa-close").click()
    reader.wait_for(state="detached")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_read_only_page_offers_reading_alone(
    visit: Callable[..., "playwright.Page"], seeds: Path
) -> None:
    with small_chat(seeds, seeds.parent / "other-index") as (address, _):
        page = opened(visit(address))
        assert page.locator("#rebuild, #save, input[type=file]").count() == 0
