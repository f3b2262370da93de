"""The archive tab in a real Chromium: the table, reading, adding files, rebuilding."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from test_browser import ANSWERS_WITHIN, HOSTILE, ROOT, ask, browser, chat, playwright, visit
from test_browser import pytestmark as pytestmark

__all__ = ["browser", "visit"]  # fixtures
SLOW = ANSWERS_WITHIN * 1000


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the seeds that tests may add to."""
    folder = tmp_path_factory.mktemp("added") / "seeds"
    shutil.copytree(ROOT / "seeds", folder)
    return folder


@pytest.fixture(scope="module")
def address(seeds: Path) -> Iterator[str]:
    with chat(seeds, seeds.parent / "index") as found:
        yield found


@pytest.fixture
def page(visit: Callable[..., "playwright.Page"], address: str) -> "playwright.Page":
    page = visit(address)
    page.get_by_role("tab", name="Archive").click()
    page.locator(".qa-table").wait_for()
    return page


def test_the_table_is_searched_and_sorted_and_an_article_read(page: "playwright.Page") -> None:
    titles = page.locator(".qa-read")
    assert titles.first.inner_text() == "Takaichi and Trump hold first summit in Tokyo"
    page.locator("button[value=sort-title]").click()
    page.locator("th[aria-sort=descending]").wait_for()
    assert (
        titles.first.inner_text() == "Takaichi tells Trump Japan will continue Russian LNG imports"
    )
    page.locator("#find input, #find textarea").fill("hold first")
    page.get_by_text("1–1 / 1").wait_for()
    titles.first.focus()
    page.keyboard.press("Enter")
    reader = page.locator("#reader .qa-evidence")
    reader.wait_for()
    assert "The 40-minute meeting" in reader.inner_text()
    reader.locator(".qa-close").click()
    reader.wait_for(state="detached")
    page.locator("#find input, #find textarea").fill("nowhere")
    page.get_by_text("No article is like that.").wait_for()


def test_an_added_article_is_found_after_a_rebuild(page: "playwright.Page", seeds: Path) -> None:
    words = " ".join(HOSTILE)
    content = f"A new bridge\n\nThe mayor of Springfield is Ann Lee. She wrote {words}."
    files = [("../bridge <b>.txt", content.encode()), ("picture.png", b"\x89PNG\r\n\x1a\n")]
    page.locator("#files input[type=file]").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": data} for name, data in files]
    )
    page.get_by_text("picture").first.wait_for()
    page.locator("#save").click()
    said = page.locator("#said .qa-report")
    said.wait_for(timeout=SLOW)
    assert "put into the archive's folder as" in said.inner_text()
    assert "not taken: files of this kind are not taken" in said.inner_text()
    (added,) = {file.name for file in seeds.iterdir()} - {
        f.name for f in (ROOT / "seeds").iterdir()
    }
    assert added.endswith(".txt")
    assert not set(added) & set("<>/ ")
    page.locator("#rebuild").click()
    page.get_by_text("1 added, 0 changed, 0 removed, 2 unchanged, 0 skipped").wait_for(timeout=SLOW)
    page.get_by_text("1–3 / 3").wait_for()
    page.get_by_role("tab", name="Chat").click()
    reply = ask(page, "Who is the mayor of Springfield?")
    assert "Ann Lee" in reply.locator(".qa-answer").inner_text()
    assert page.evaluate("window.ran") is None
    for piece in HOSTILE:
        assert piece in page.locator("#evidence .qa-text").inner_text()


def test_a_read_only_page_offers_reading_alone(
    visit: Callable[..., "playwright.Page"], seeds: Path
) -> None:
    with chat(seeds, seeds.parent / "other-index", "--read-only") as address:
        page = visit(address)
        page.get_by_role("tab", name="Archive").click()
        page.locator(".qa-table").wait_for()
        assert page.locator("#rebuild, #save, input[type=file]").count() == 0
