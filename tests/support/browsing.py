"""What the browser tests share: the chat served, a Chromium to visit it, and a question asked.

`chat` runs the real command over the real models. `small_chat` serves the same page from within the
tests over a small archive with a fake encoder and a fake reader, which is quick, and can be held.
"""

import gc
import os
import re
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

import pytest

from index import build
from index.store.doors import Where
from qa import Archive
from qa.benchmarks.page.serving import free_port
from qa.question_log.log import QuestionLog
from qa.reader.candidates import Candidate
from qa.reader.settings import Settings
from qa.reader.spans import Reading, Span
from qa.server.admission import Admission
from qa.server.identity.access import Access
from qa.standing.shared import SharedList
from tests.support.fakes import ROOT, FakeEncoder

__all__ = [
    "ANSWERS_WITHIN", "ask", "browser", "chat", "expect", "in_view", "playwright", "pytestmark",
    "reply_after", "small_chat", "visit",
]  # fmt: skip

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
STARTS_WITHIN, ANSWERS_WITHIN = 180, 120  # seconds; a busy machine is slow
PASSED_OVER = 20  # seconds after which Enter has had no effect

if TYPE_CHECKING:
    from playwright import sync_api as playwright
else:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = playwright.expect
expect.set_options(timeout=ANSWERS_WITHIN * 1000)  # by default 5 seconds
pytestmark = [
    pytest.mark.browser,
    # gradio's own, in its threads
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
]


@contextmanager
def chat(seeds: Path, index: Where, log: Path, *options: str) -> Iterator[str]:
    """The address of the chat, run as people run it and ended with Ctrl-C."""
    port = free_port()
    command = [sys.executable, "app.py", "--port", str(port)]
    command += ["--seeds", str(seeds), "--index", str(index)]
    command += options
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)
        try:
            until = time.monotonic() + STARTS_WITHIN
            while "Chat with the archive at" not in log.read_text():
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < until, log.read_text()
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/"
            process.send_signal(signal.SIGINT)
            assert process.wait(ANSWERS_WITHIN) == 0
            assert "Traceback" not in log.read_text()
        finally:
            process.kill()
            process.wait()


class FindingReader:
    """Answers "find WORDS" with each place of these words, less and less sure of it.

    A question in `patterns` is answered by the places of that pattern, each of which suffices
    alone, so that what articles say is compared.
    """

    threshold, settings = 0.5, Settings()

    def __init__(self) -> None:
        self.free = threading.Event()  # cleared, it keeps questions waiting
        self.free.set()
        self.patterns: dict[str, str] = {}

    def remembering(self) -> Self:
        return self

    def reading(
        self,
        question: str,
        passages: Sequence[str],
        scores: object = (),
        weigh: Callable[[list[Span]], list[Span]] = list,
    ) -> Reading:
        spans = weigh(self.read(question, passages))
        return Reading(spans, spans if question in self.patterns else [], len(passages))

    def read_on(
        self, question: str, passages: Sequence[str], found: object = (), start: int = 0
    ) -> list[Span]:
        return [span for span in self.read(question, passages) if span.passage >= start]

    def candidates_by_sentence(self, question: str, passages: Sequence[str]) -> list[Candidate]:
        spans = self.read(question, passages)
        return [Candidate(s.passage, s.start, s.end, "", 9.0) for s in spans]

    def read(self, question: str, passages: Sequence[str], found: object = ()) -> list[Span]:
        assert self.free.wait(ANSWERS_WITHIN)
        words = question.partition(" ")[2]
        pattern = self.patterns.get(question, re.escape(words))
        places = [
            (number, found.start(), found.end())
            for number, passage in enumerate(passages)
            for found in re.finditer(pattern, passage)
            if pattern
        ]
        return [
            Span(*place, score=1.0 - rank, confidence=max(0.06, 0.9 - 0.3 * rank))
            for rank, place in enumerate(places[:5])
        ]


@contextmanager
def small_chat(
    seeds: Path,
    index: Path,
    *,
    adding: bool = False,
    reader: FindingReader | None = None,
    log: QuestionLog | None = None,
    standing: SharedList | None = None,
    admission: Admission | None = None,
    originals: bool = False,
    others: Mapping[str, Where] | None = None,
) -> Iterator[tuple[str, Archive]]:
    """The address of the page over these seeds, and its archive with the fake models.

    With `others`, it is called "news" and asked together with these.
    """
    from qa.page.page import page, serve
    from qa.server.feeds import feed_route
    from qa.server.sources import source_routes
    from qa.source_view.finding import SourceFinder

    encoder = FakeEncoder()
    build(seeds, index, encoder=encoder)
    places = {"news": index, **others} if others else index
    archive = Archive.open(places, encoder=encoder, reader=reader or FindingReader())  # type: ignore[arg-type]
    archive.log = log
    archive.sources = SourceFinder(seeds) if originals else None
    uploads = index.parent / "uploads"
    uploads.mkdir(exist_ok=True)
    os.environ["GRADIO_TEMP_DIR"] = str(uploads)
    blocks = page(archive, seeds if adding else None, standing=standing)
    routes = [feed_route(standing.book)] if standing else []
    routes += source_routes(archive) if originals else []
    port = free_port()
    allowed = admission or Admission(Access())
    rules = allowed.rules(archive, uploads if adding else None, frozenset(), routes)
    serve(blocks, "127.0.0.1", port, rules)
    try:
        yield f"http://127.0.0.1:{port}/", archive
    finally:
        blocks.close(verbose=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()  # what gradio left open goes now, not in another test


def picture(page: "playwright.Page", name: str) -> None:
    """Keep a screenshot in the folder that ARCHIVE_QA_PICTURES names, if any."""
    if folder := os.environ.get("ARCHIVE_QA_PICTURES"):
        page.wait_for_timeout(800)
        page.screenshot(path=Path(folder) / f"{name}.png")


def ask(page: "playwright.Page", question: str) -> "playwright.Locator":
    """Type a question, press Enter; the reply.

    Gradio passes over Enter until the event of the answer before is closed, which is a moment after
    that answer is shown: then the question stays in its box, and Enter is pressed again.
    """
    before = page.locator(".qa-reply").count()
    box, asked = page.locator("#question textarea"), page.locator(".qa-question").nth(before)
    box.fill(question)
    box.press("Enter")
    for _ in range(ANSWERS_WITHIN // PASSED_OVER):
        with suppress(playwright.TimeoutError):
            asked.wait_for(timeout=PASSED_OVER * 1000)
            break
        if box.input_value() == question:
            box.press("Enter")
    return reply_after(page, before)


def reply_after(page: "playwright.Page", before: int) -> "playwright.Locator":
    found = page.locator(".qa-reply").nth(before)
    found.wait_for(timeout=ANSWERS_WITHIN * 1000)
    return found


def in_view(page: "playwright.Page") -> None:
    """Wait until the marked words are inside what is seen of the article."""
    page.wait_for_function(
        """() => {
            const seen = document.querySelector(".qa-text").getBoundingClientRect();
            const mark = document.querySelector(".qa-text mark").getBoundingClientRect();
            return mark.top >= seen.top && mark.top <= seen.bottom;
        }"""
    )


# What a page that was broken into would do: run code, or load something that its policy forbids.
WATCH = """window.__pwned = [];
document.addEventListener("securitypolicyviolation", e => window.__pwned.push(e.blockedURI));"""


@pytest.fixture(scope="module")
def browser() -> Iterator["playwright.Browser"]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: "playwright.Browser") -> Iterator[Callable[..., "playwright.Page"]]:
    """Open the page; at the end, nothing may have left the machine or gone wrong in it."""
    requested: list[str] = []
    errors: list[str] = []
    pages: list[playwright.Page] = []

    def run(address: str, **options: Any) -> "playwright.Page":
        context = browser.new_context(**options)
        context.add_init_script(WATCH)
        context.on("request", lambda request: requested.append(request.url))
        context.set_default_timeout(ANSWERS_WITHIN * 1000)
        page = context.new_page()
        pages.append(page)
        page.on("websocket", lambda websocket: requested.append(websocket.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("dialog", lambda dialog: errors.append(f"dialog: {dialog.message}"))
        page.goto(address)
        page.locator("#question textarea").wait_for()
        page.locator(".qa-unseen").wait_for(state="attached")  # the page's own scripts have run
        return page

    yield run
    ran = [page.evaluate("window.__pwned") for page in pages]
    opened = [len(page.context.pages) for page in pages]
    for page in pages:
        page.context.close()
    hosts = {urlsplit(url).hostname for url in requested if urlsplit(url).scheme in ("http", "ws")}
    others = [url for url in requested if urlsplit(url).scheme not in ("http", "data", "blob")]
    assert hosts == {"127.0.0.1"}, hosts
    assert others == [], others
    assert errors == [], errors
    assert ran == [[]] * len(pages)
    assert opened == [1] * len(pages)
