"""Originals in a real Chromium: a PDF at its page with the sentence marked, and hostile files."""

from collections.abc import Callable
from pathlib import Path

from tests.support.browsing import ask, browser, picture, playwright, small_chat, visit
from tests.support.browsing import pytestmark as pytestmark
from tests.support.pdfs import write_pdf

__all__ = ["browser", "visit"]  # fixtures

FILLER = "The tide was high and the quay was quiet all week. " * 8
SENTENCE = (
    "It was a first-rate, well-kept office: the ferry to Oban carried 312 people on Monday, and "
    "the harbour master counted every one of them on the gangway."
)


def test_a_pdf_opens_at_its_page(visit: Callable[..., "playwright.Page"], tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    pages = [[f"Page {n} of the report. {FILLER}"] for n in range(1, 6)]
    pages[2] += [f"{SENTENCE} Fog came."]
    write_pdf(seeds / "harbour.pdf", pages)
    with small_chat(seeds, tmp_path / "index", originals=True) as (address, _):
        page = visit(address, viewport={"width": 1280, "height": 800})
        page.on("console", lambda m: print("CONSOLE", m.type, m.text))
        ask(page, "find 312 people")
        page.locator("#evidence .qa-open-source").click()
        frame = page.frame_locator("#evidence iframe.qa-frame")
        frame.locator("mark").first.wait_for()
        assert frame.locator("#number").input_value() == "3"
        print(frame.locator("mark").count())
        picture(page, "source_pdf")
