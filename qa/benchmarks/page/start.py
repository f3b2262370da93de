"""`python -m qa.benchmarks.page.start INDEX`: how soon the chat is there after `python app.py`.

Seconds from the start of the process until the page is served, painted (in Chromium, where
playwright is installed), and has answered its first question. `--cold` first lets the system forget
the files that it has in memory; that needs root, on Linux.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from index.benchmarks.machine import described
from index.errors import ArchiveError, run

from .serving import STARTS_WITHIN, Running, serving
from .visitor import Visitor

CHROMIUM = "/usr/bin/chromium"
CACHES = Path("/proc/sys/vm/drop_caches")
QUESTION = "Which golfer signed the golf bag?"
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m qa.benchmarks.page.start", description=__doc__)
    parser.add_argument("index", help="folder of a built index")
    parser.add_argument("--seeds", default="seeds", help="folder of articles (seeds)")
    parser.add_argument("--times", type=int, default=3, help="how often (3)")
    parser.add_argument("--cold", action="store_true", help="with nothing in the file cache")
    options = parser.parse_args(argv)
    print(described(("torch", "gradio")))
    print("page served, first question answered, first paint after the page is asked for: seconds")
    for _ in range(options.times):
        if options.cold:
            forget()
        with TemporaryDirectory() as folder:
            chosen = ["--seeds", options.seeds, "--index", options.index]
            with serving(Path(folder), chosen, ready=False) as chat:
                served = first_page(chat)
                Visitor(chat.address).ask(QUESTION)
                answered = time.perf_counter() - chat.started
                paint = first_paint(chat)
        print(f"{served:.1f} {answered:.1f} {'-' if paint is None else f'{paint:.2f}'}", flush=True)
    return 0


def forget() -> None:
    """Empty the system's cache of files. Raises ArchiveError where that is not allowed."""
    os.sync()
    try:
        CACHES.write_text("3\n")
    except OSError as error:
        raise ArchiveError(f"cannot empty the file cache: {error.strerror}") from None


def first_page(chat: Running) -> float:
    """Seconds from the start of the process until the page is served."""
    while time.perf_counter() - chat.started < STARTS_WITHIN:
        try:
            if httpx.get(chat.address, timeout=STARTS_WITHIN).is_success:
                return time.perf_counter() - chat.started
        except httpx.ConnectError:
            time.sleep(0.02)
    raise ArchiveError(f"the chat does not start: {chat.log.read_text()[-500:]}")


def first_paint(chat: Running) -> float | None:
    """Seconds from asking for the page until Chromium paints something of it."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    arguments = ["--headless", "--no-sandbox", "--disable-gpu"]
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=arguments)
        page = browser.new_page()
        page.goto(chat.address)
        page.locator("#question textarea").wait_for()
        painted = page.evaluate(PAINT)
        browser.close()
    return None if painted is None else painted / 1000


if __name__ == "__main__":
    sys.exit(run(main))
