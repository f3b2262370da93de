"""`python -m qa.benchmarks.page.start INDEX`: how soon the chat is usable after `python app.py`.

Seconds from the start of the process until the page is served and has answered its first question,
and from the request until the first paint (in Chromium, if playwright is installed). `--cold` first
drops the system's file cache; that needs root, on Linux.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from index.benchmarks.machine import describe_machine
from index.errors import ArchiveError, run

from .serving import START_TIMEOUT, RunningChat, run_chat
from .visitor import Visitor

CHROMIUM = "/usr/bin/chromium"
DROP_CACHES = Path("/proc/sys/vm/drop_caches")
QUESTION = "Which golfer signed the golf bag?"
FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; print a line for each start."""
    parser = argparse.ArgumentParser(prog="python -m qa.benchmarks.page.start", description=__doc__)
    parser.add_argument("index", help="folder of a built index")
    parser.add_argument("--seeds", default="seeds", help="folder of articles (seeds)")
    parser.add_argument("--times", type=int, default=3, help="number of starts (3)")
    parser.add_argument("--cold", action="store_true", help="empty the file cache first")
    options = parser.parse_args(argv)
    print(describe_machine(("torch", "gradio")))
    print("seconds: page served, first question answered, first paint after the page is requested")
    for _ in range(options.times):
        if options.cold:
            drop_file_cache()
        with TemporaryDirectory() as folder:
            arguments = ["--seeds", options.seeds, "--index", options.index]
            with run_chat(Path(folder), arguments, ready=False) as chat:
                served = first_page(chat)
                Visitor(chat.address).ask(QUESTION)
                answered = time.perf_counter() - chat.started
                paint = first_paint(chat)
        print(f"{served:.1f} {answered:.1f} {'-' if paint is None else f'{paint:.2f}'}", flush=True)
    return 0


def drop_file_cache() -> None:
    """Empty the system's file cache. Raises ArchiveError if that is not allowed."""
    os.sync()
    try:
        DROP_CACHES.write_text("3\n")
    except OSError as error:
        raise ArchiveError(
            f"cannot empty the file cache ({error.strerror}): be root on Linux, or leave out --cold"
        ) from None


def first_page(chat: RunningChat) -> float:
    """Return the seconds from the start of the process until the page is served."""
    while time.perf_counter() - chat.started < START_TIMEOUT:
        try:
            if httpx.get(chat.address, timeout=START_TIMEOUT).is_success:
                return time.perf_counter() - chat.started
        except httpx.ConnectError:
            time.sleep(0.02)
    raise ArchiveError(f"the chat did not start: {chat.log.read_text()[-500:]}")


def first_paint(chat: RunningChat) -> float | None:
    """Return the seconds from the request until Chromium's first paint; None without playwright."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    arguments = ["--headless", "--no-sandbox", "--disable-gpu"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        page = browser.new_page()
        page.goto(chat.address)
        page.locator("#question textarea").wait_for()
        painted = page.evaluate(FIRST_PAINT)
        browser.close()
    return None if painted is None else painted / 1000


if __name__ == "__main__":
    sys.exit(run(main))
