"""Signing in and the box on other sites, in a real browser: two origins beside the chat's."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from qa.accounts.roles import Role
from qa.permalink import link_to
from tests.support.browsing import (
    ANSWERS_WITHIN,
    ask,
    browser,
    expect,
    picture,
    playwright,
    pytestmark,
    small_chat,
)  # fmt: skip
from tests.support.gates import Door

__all__ = ["browser", "pytestmark"]
TEXT = "The ferry to Oban carried 312 people on Monday. <b>It</b> was late.\n"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing."""


@contextmanager
def site(folder: Path) -> Iterator[int]:
    """Serve a folder of pages; yield the port."""
    handler = partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def opened(browser: playwright.Browser, **options: object) -> Iterator[playwright.Page]:
    context = browser.new_context(**options)  # type: ignore[arg-type]
    context.set_default_timeout(ANSWERS_WITHIN * 1000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("embed")
    (folder / "seeds").mkdir()
    (folder / "seeds" / "ferry.txt").write_text(TEXT)
    (folder / "site").mkdir()
    return folder


def test_a_box_works_where_it_may_be_framed_and_nowhere_else(
    folder: Path, browser: playwright.Browser
) -> None:
    with site(folder / "site") as port:
        allowed = f"http://localhost:{port}"  # another site than 127.0.0.1, where the chat is
        door = Door(folder / "door", [allowed])
        _, text = door.tokens.create("site", Role.ASK, sites=(allowed,))
        _, elsewhere = door.tokens.create("other", Role.ASK, sites=(f"http://127.0.0.1:{port}",))
        with small_chat(folder / "seeds", folder / "index", admission=door.admission) as (chat, _):
            for name, token in (("news", text), ("other", elsewhere)):
                frame = f'<iframe src="{chat}embed/{token[4:12]}#{token}" width="460"></iframe>'
                (folder / "site" / f"{name}.html").write_text(f"<!doctype html>{frame}")
            (folder / "site" / "page.html").write_text(f'<iframe src="{chat}"></iframe>')
            with opened(browser, color_scheme="dark") as page:
                requests: list[str] = []
                page.on("request", lambda request: requests.append(request.url))
                page.goto(f"{allowed}/news.html")
                box = page.frame_locator("iframe")
                box.get_by_label("Ask the archive").fill("find 312 people")
                page.keyboard.press("Enter")
                link = box.get_by_role("link", name="ferry.txt (opens in a new tab)")
                link.wait_for()
                assert box.locator("mark").inner_text() == "312 people"
                assert box.locator("#sentence").inner_text().endswith("on Monday.")
                assert link.get_attribute("rel") == "noopener noreferrer"
                picture(page, "embedded-dark")
                asked = [url for url in requests if url.startswith(chat)]
                assert len(asked) == 2  # the box, and one answer
                assert not any(text in url.partition("#")[0] for url in asked)
                with page.context.expect_page() as tab:
                    link.click()
                tab.value.locator("#sign-in").wait_for()  # the page itself takes a person's token
                assert tab.value.evaluate("window.opener") is None
                door.tokens.revoke("site")
                box.get_by_role("button", name="Ask").click()
                box.get_by_text("This box is closed").wait_for()
            with opened(browser) as page:
                for refused in (f"http://127.0.0.1:{port}/news.html", f"{allowed}/page.html",
                                f"http://127.0.0.1:{port}/other.html"):  # fmt: skip
                    with page.expect_event("requestfailed") as failed:
                        page.goto(refused)
                    assert failed.value.url.startswith(chat)
    assert ("site", "asked") in door.noted()
    assert text not in door.gate.audit.file.read_text()


def test_people_sign_in_see_what_they_may_do_and_sign_out(
    folder: Path, browser: playwright.Browser
) -> None:
    door = Door(folder / "door2")
    with (
        small_chat(folder / "seeds", folder / "index2", adding=True, admission=door.admission) as (
            chat, archive,
        ),
        opened(browser) as page,
    ):  # fmt: skip
        link = link_to(archive.article("ferry.txt"), 0, 9)
        page.goto(f"{chat.rstrip('/')}{link}")
        expect(page.get_by_label("Token or password")).to_be_focused()
        page.keyboard.type("wrong")
        page.keyboard.press("Enter")
        page.get_by_role("alert").wait_for()
        picture(page, "sign-in-wrong")
        page.get_by_label("Token or password").fill(door.text[Role.ASK])
        page.keyboard.press("Enter")
        page.locator(".qa-evidence mark").wait_for()  # the permalink has outlived signing in
        page.get_by_text("Signed in as ask").wait_for()
        assert ask(page, "find 312 people").locator("strong").first.inner_text() == "312 people"
        page.get_by_role("tab", name="Archive").click()
        page.locator("#table").wait_for()
        expect(page.locator("#rebuild")).to_be_hidden()
        picture(page, "archive-for-ask")
        door.tokens.revoke("ask")
        page.reload()
        page.get_by_label("Token or password").fill("sesame")
        page.get_by_label("User name").fill("paul")
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("tab", name="Archive").click()
        page.locator("#rebuild").wait_for()
        page.get_by_role("button", name="Sign out").click()
        page.locator("#sign-in").wait_for()
        assert page.context.cookies() == []
