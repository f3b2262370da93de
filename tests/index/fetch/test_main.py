"""`archive-qa fetch`: what it prints, and its exit status."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import app
from index.errors import run
from tests.support.fakes import ROOT
from tests.support.sites import Reply, Site

Command = Callable[..., tuple[int, list[str], str]]


@pytest.fixture
def command(
    seeds: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Command:
    monkeypatch.setattr("index.fetch.server.BACKOFF", 0.0)

    def call(*options: str) -> tuple[int, list[str], str]:
        status = run(app.main, ["fetch", "--into", str(seeds), "--rate", "0", *options])
        out, err = capfd.readouterr()
        return status, out.splitlines(), err

    return call


def test_what_was_done_is_named(site: Site, command: Command) -> None:
    site.page("/a")
    site.replies["/robots.txt"] = Reply("User-agent: *\nDisallow: /secret", "text/plain")
    site.replies["/\x1bc"] = Reply(status=500)
    feed = site.rss(
        "/feed", "/a", "/secret", "/broken\u202e", "<item><link>ftp://x/\u202e</link></item>"
    )
    site.replies["/broken%E2%80%AE"] = Reply(status=500)
    status, lines, errors = command("--allow-private", feed)
    assert status == 1
    assert lines == [
        f"{feed}: feed, 4 entries",
        "pages: 1 fetched, 1 disallowed by robots.txt, 1 refused, 1 failed",
    ]
    assert f"disallowed {site.address}/secret: it is not allowed by the site's robots.txt" in errors
    assert r"refused ftp://x/\u202e: it is not an http:// or https:// address" in errors
    assert f"failed {site.address}/broken%E2%80%AE: it answered 500" in errors
    site.page("/broken%E2%80%AE")
    status, lines, _ = command("--allow-private", feed)
    assert (status, lines[-1][:16]) == (0, "pages: 1 fetched")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["http://a/", "--since", "yesterday"], "--since must be a day like 2025-10-28"),
        (["http://a/", "--limit", "0"], "--limit must be at least 1"),
        (["a.example"], "'a.example' is not an http:// or https:// address"),
    ],
)
def test_bad_input_is_status_2(command: Command, options: list[str], message: str) -> None:
    status, lines, errors = command(*options)
    assert (status, lines) == (2, [])
    assert errors.startswith(f"error: {message}")


def test_this_machine_is_refused_unless_it_is_asked_for(site: Site, command: Command) -> None:
    status, lines, errors = command(site.rss("/feed"))
    assert status == 1
    assert "which is not a public address" in errors
    assert lines == ["pages: 0 fetched, 1 failed"]
    assert site.asked == []


def test_a_missing_package_is_named() -> None:
    code = (
        "import sys; sys.modules['protego'] = None; import app; "
        "sys.argv = ['archive-qa', 'fetch', 'http://a/']; sys.exit(app.script())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("error: needs the package 'protego': pip install")
    assert "archive-qa[fetch]" in done.stderr
