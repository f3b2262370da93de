"""The chat page in a real Chromium, served by the real command over real models."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

ROOT = Path(__file__).parent.parent
CHROMIUM = Path("/usr/bin/chromium")
STARTS_WITHIN, ANSWERS_WITHIN = 180, 60  # seconds; a busy machine is slow
HOSTILE = [
    "<script>window.ran = 1</script>",
    "<img src=x onerror='window.ran = 2'>",
    "![pixel](http://evil.example/pixel.png)",
    "[free](javascript:window.ran=3)",
    "$$\\frac{1}{2}$$ *stars* _lines_ `ticks` ${window.ran=4} {{7*7}}",
    "http://evil.example/page",
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
]
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


@contextmanager
def chat(seeds: Path, index: Path, *options: str) -> Iterator[str]:
    """The address of the chat, run as people run it and ended with Ctrl-C."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    command = [sys.executable, "app.py", "--port", str(port), "--seeds", seeds, "--index", index]
    command += options
    log = index.parent / "chat.log"
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
            assert process.wait(30) == 0
            assert "Traceback" not in log.read_text()
        finally:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    index = tmp_path_factory.mktemp("chat") / "index"
    with chat(ROOT / "seeds", index, "--read-only") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator["playwright.Browser"]:
    arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: "playwright.Browser") -> Iterator[Callable[..., "playwright.Page"]]:
    """Open the page; at the end, nothing may have left the machine or gone wrong in it."""
    requested: list[str] = []
    errors: list[str] = []
    contexts: list[playwright.BrowserContext] = []

    def run(address: str, **options: object) -> "playwright.Page":
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.on("request", lambda request: requested.append(request.url))
        page.on("websocket", lambda websocket: requested.append(websocket.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("dialog", lambda dialog: errors.append(f"dialog: {dialog.message}"))
        page.goto(address)
        page.locator("#question textarea").wait_for()
        return page

    yield run
    for context in contexts:
        context.close()
    hosts = {urlsplit(url).hostname for url in requested if urlsplit(url).scheme in ("http", "ws")}
    others = [url for url in requested if urlsplit(url).scheme not in ("http", "data", "blob")]
    assert hosts == {"127.0.0.1"}
    assert others == []
    assert errors == []


def ask(page: "playwright.Page", question: str) -> "playwright.Locator":
    """Type a question, press Enter; the reply."""
    replies = page.locator(".qa-reply")
    before = replies.count()
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    return reply_after(page, before)


def reply_after(page: "playwright.Page", before: int) -> "playwright.Locator":
    found = page.locator(".qa-reply").nth(before)
    found.wait_for(timeout=ANSWERS_WITHIN * 1000)
    return found


def test_an_english_question(visit: Callable[..., "playwright.Page"], address: str) -> None:
    page = visit(address)
    assert "2 articles" in page.locator(".qa-head").inner_text()
    reply = ask(page, "What share of Japan's imports was Russian LNG in 2024?")
    assert "8.6 percent" in reply.locator(".qa-answer strong").inner_text()
    assert "confidence" in reply.locator(".qa-confidence").inner_text()
    source = reply.locator("details").first
    assert "Takaichi tells Trump Japan will continue Russian LNG imports" in source.inner_text()
    assert "002_32ee708ab20e5177.txt" in source.inner_text()
    assert not source.locator("mark").is_visible()
    source.locator("summary").click()
    assert "8.6 percent" in source.locator("mark").inner_text()
    assert "difficulty of halting imports" in source.locator("blockquote").inner_text()
    background = source.locator("mark").evaluate("e => getComputedStyle(e).backgroundColor")
    assert background not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")


def test_a_chinese_question_by_keyboard_alone(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address, viewport={"width": 390, "height": 844}, color_scheme="dark")
    reply = ask(page, "韩国总统李在明什么时候抵达日本奈良县？")
    assert "2026年1月13日" in reply.locator(".qa-answer strong").inner_text()
    source = reply.locator("details").first
    assert "相关报道摘要，见于 002_32ee708ab20e5177.txt" in source.inner_text()
    source.locator("summary").focus()
    page.keyboard.press("Enter")
    assert "韩国总统李在明" in source.locator("mark").inner_text()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, "the page is wider than the phone"
    box = page.locator("#question").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 844, "the question box is off the screen"


def test_what_the_archive_cannot_know(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address)
    reply = ask(page, "Who won the football World Cup in 1966?")
    assert "The archive does not hold an answer to this." in reply.inner_text()
    assert reply.locator("details").count() >= 1
    assert reply.locator("mark").count() == 0
    reply = ask(page, "珠穆朗玛峰有多高？")
    assert "档案里没有这个问题的答案" in reply.inner_text()


def test_questions_to_begin_with_and_a_new_conversation(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address)
    suggested = page.locator("#examples button")
    assert suggested.count() >= 4
    question = suggested.first.inner_text()
    suggested.first.click()
    reply = reply_after(page, 0)
    assert reply.locator(".qa-answer").count() == 1, "the archive answers what it suggests"
    assert page.locator(".qa-question").first.inner_text() == question
    assert not suggested.first.is_visible()
    page.locator("#again").click()
    suggested.first.wait_for()
    assert page.locator(".qa-reply").count() == 0


def test_a_source_stays_open_when_the_talk_goes_on(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address)
    first = ask(page, "Where did Takaichi and Trump meet?")
    first.locator("summary").first.click()
    ask(page, "什么是穿梭外交？")
    assert first.locator("details").first.get_attribute("open") is not None


def test_the_picture_in_the_readme(
    visit: Callable[..., "playwright.Page"], address: str, tmp_path: Path
) -> None:
    """ARCHIVE_QA_SCREENSHOT=.github/screenshot.png takes it anew."""
    page = visit(address, viewport={"width": 1280, "height": 1000})
    for question in (
        "What share of Japan's imports was Russian LNG in 2024?",
        "韩国总统李在明什么时候抵达日本奈良县？",
    ):
        ask(page, question).locator("summary").first.click()
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)
    picture = Path(os.environ.get("ARCHIVE_QA_SCREENSHOT") or tmp_path / "screenshot.png")
    page.screenshot(path=picture)
    assert picture.stat().st_size < 400_000


def test_bad_questions_get_a_polite_line(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address)
    assert "question is empty" in ask(page, "   ").inner_text()
    assert "100,000 characters" in ask(page, "x" * 100_000).inner_text()
    assert page.locator(".qa-question").last.inner_text().endswith("…")


def test_a_read_only_server_gives_out_and_takes_in_no_files(address: str) -> None:
    seed = ROOT / "seeds" / "002_32ee708ab20e5177.txt"
    for path in (
        "seeds/002_32ee708ab20e5177.txt",
        seed,
        "app.py",
        "/etc/passwd",
        "../../etc/passwd",
    ):
        with pytest.raises(HTTPError) as refused:
            urlopen(f"{address}gradio_api/file={path}")
        assert refused.value.code in (403, 404)
        refused.value.close()
    head = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
    form = head + b"hello\r\n--b--"
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(f"{address}gradio_api/upload", form, kind))
    assert refused.value.code == 413
    refused.value.close()


def test_hostile_questions_are_shown_as_typed(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address)
    for number, words in enumerate([*HOSTILE, "# head\n\n- item\n\n> quote\n\n    code"]):
        ask(page, words)
        assert page.locator(".qa-question").nth(number).inner_text().split() == words.split()
    assert page.evaluate("window.ran") is None
    assert page.locator("#conversation").locator("img, script, iframe, code, .katex").count() == 0


def test_a_hostile_article_is_shown_as_text(
    visit: Callable[..., "playwright.Page"], tmp_path: Path
) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    words = " ".join(HOSTILE)
    article = {
        "id": HOSTILE[0],
        "title": f"{HOSTILE[1]} </script>{HOSTILE[0]} \u202etitle",
        "text": f"The mayor of Springfield is Ann Lee \u202eand she wrote {words} on the wall.",
        "url": "javascript:window.ran=5",
        "language": '"><b',
    }
    (seeds / f"{HOSTILE[1][:20]}.jsonl").write_text(json.dumps(article), encoding="utf-8")
    with chat(seeds, tmp_path / "index") as address:
        page = visit(address)
        shown = page.locator("#examples").inner_text()
        assert HOSTILE[1] in shown
        reply = ask(page, "Who is the mayor of Springfield?")
        reply.locator("summary").first.click()
        text = reply.locator("blockquote").first.inner_text()
        for piece in HOSTILE:
            assert piece in text
        assert HOSTILE[1] in reply.locator(".qa-title").first.inner_text()
        assert HOSTILE[1][:20] in reply.locator(".qa-file").first.inner_text()
        assert "\u202e" not in page.content()
        page.mouse.move(300, 300)
        page.wait_for_timeout(300)
        assert page.evaluate("window.ran") is None
        inside = page.locator("#conversation").locator("img, script, iframe, a, code, .katex")
        assert inside.count() == 0


def test_a_citation_shows_its_place_in_the_whole_article(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address, viewport={"width": 1280, "height": 800})
    ask(page, "In which colours was Tokyo Skytree lit?")
    panel = page.locator("#evidence .qa-evidence")
    panel.wait_for()
    assert "Takaichi and Trump hold first summit in Tokyo" in panel.locator("h2").inner_text()
    assert "English · 000_eddc9b1b405ec3c8.txt" in panel.locator(".qa-where").inner_text()
    assert "red, white, and blue" in panel.locator("mark strong").inner_text()
    assert "The 40-minute meeting" in panel.inner_text(), "the whole article is there"
    in_view(page)
    reply = ask(page, "Where did Takaichi and Trump hold their first summit?")
    reply.locator(".qa-others summary").click()
    second = reply.locator(".qa-others li").first
    assert "confidence" in second.locator(".qa-confidence").inner_text()
    words = second.locator("strong").inner_text()
    second.locator(".qa-cite").click()
    panel.get_by_text("[2]").wait_for()
    assert panel.locator("mark strong").inner_text() == words
    in_view(page)


def in_view(page: "playwright.Page") -> None:
    """Wait until the marked words are inside what is seen of the article."""
    page.wait_for_function(
        """() => {
            const seen = document.querySelector(".qa-text").getBoundingClientRect();
            const mark = document.querySelector(".qa-text mark").getBoundingClientRect();
            return mark.top >= seen.top && mark.top <= seen.bottom;
        }"""
    )


def test_on_a_phone_the_article_comes_over_the_page_and_goes_by_keyboard(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address, viewport={"width": 390, "height": 844})
    reply = ask(page, "Which golfer signed the golf bag?")
    panel = page.locator("#evidence .qa-evidence")
    assert not panel.is_visible()
    reply.locator(".qa-cite").first.focus()
    page.keyboard.press("Enter")
    panel.wait_for()
    in_view(page)
    page.keyboard.press("Escape")
    panel.wait_for(state="hidden")
    assert reply.locator(".qa-cite").first.evaluate("e => e === document.activeElement")


def test_a_follow_up_says_how_it_was_understood_and_can_be_corrected(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address)
    ask(page, "Where did Takaichi and Trump hold their first summit?")
    assert not page.locator("#typed").is_visible()
    reply = ask(page, "And when?")
    understood = "When did Takaichi and Trump hold their first summit?"
    assert reply.locator(".qa-understood").inner_text() == f"Understood as: {understood}"
    assert "October 28" in reply.locator(".qa-answer strong").inner_text()
    page.locator("#mend").click()
    page.wait_for_function(f"document.querySelector('#question textarea').value === '{understood}'")
    page.locator("#typed").click()
    page.locator(".qa-understood").wait_for(state="detached")
    assert page.locator(".qa-question").last.inner_text() == "And when?"
    page.locator("#typed").wait_for(state="hidden")


def test_a_part_of_the_archive_is_asked(
    visit: Callable[..., "playwright.Page"], address: str
) -> None:
    page = visit(address)
    page.locator("#narrow button").first.click()
    page.locator("#after input, #after textarea").fill("2025-01-01")
    reply = ask(page, "Which golfer signed the golf bag?")
    said = reply.inner_text()
    assert "Only: 2025-01-01 – …. Articles without a date are left out: 2." in said
    assert "does not hold an answer" in said
    page.locator("#after input, #after textarea").fill("in May")
    assert "'after' must be a day like 2025-10-28" in ask(page, "Who?").inner_text()


@pytest.mark.parametrize(
    ("locale", "words"), [("zh-CN", "可以用任何语言提问"), ("de-DE", "Ask in any language")]
)
def test_the_page_speaks_the_language_of_the_browser(
    visit: Callable[..., "playwright.Page"], address: str, locale: str, words: str
) -> None:
    page = visit(address, locale=locale)
    head = page.locator(".qa-head")
    page.wait_for_function("document.documentElement.lang.length > 0")
    head.get_by_text(words).wait_for()
    chinese = locale == "zh-CN"
    assert ("Ask in any" in head.inner_text()) != chinese
    placeholder = page.locator("#question textarea").get_attribute("placeholder")
    assert placeholder == ("向档案提问" if chinese else "Ask the archive")
    assert page.evaluate("document.documentElement.lang") == ("zh-CN" if chinese else "en")
