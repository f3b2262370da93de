"""A whole run: what lists name is fetched once, stored as it came, and built into the archive."""

import datetime
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import pytest

from index.errors import ArchiveError
from index.fetch.pages import file_name
from index.fetch.state import opened
from index.store.doors import open_store
from tests.index.fetch.conftest import Fetch
from tests.support.builds import Make
from tests.support.fakes import ROOT
from tests.support.sites import PARAGRAPH, Reply, Site


def stored(seeds: Path) -> list[str]:
    return sorted(file.relative_to(seeds).as_posix() for file in seeds.rglob("*.warc"))


def test_pages_of_a_feed_are_fetched_and_built(
    site: Site, run_fetch: Fetch, make: Make, tmp_path: Path
) -> None:
    site.page("/nine-ships")
    site.page("/fog", head='<meta property="article:published_time" content="2023-05-06">')
    feed = site.rss(
        "/feed",
        f"<item><link>{site.address}/nine-ships</link>"
        "<pubDate>Tue, 28 Oct 2025 09:00:00 GMT</pubDate></item>",
        "/fog",
    )
    report = run_fetch(feed)
    assert report.lists == [(feed, "feed", 2)]
    assert (len(report.fetched), report.status) == (2, 0)
    assert make({}).added == 2
    with open_store(tmp_path / "index").snapshot() as snapshot:
        articles = {article.url: article for article in snapshot.articles()}
    assert articles[f"{site.address}/nine-ships"].date == datetime.date(2025, 10, 28)
    assert articles[f"{site.address}/fog"].date == datetime.date(2023, 5, 6)
    assert articles[f"{site.address}/fog"].id == f"{file_name(f'{site.address}/fog')}#1"


def test_what_was_fetched_is_not_asked_for_again(site: Site, run_fetch: Fetch) -> None:
    site.page("/a")
    feed = site.rss("/feed", "/a", "/gone")
    assert run_fetch(feed).gone == 1
    site.asked.clear()
    report = run_fetch(feed)
    assert (report.fetched, report.known, report.gone) == ([], 1, 1)
    assert site.paths == ["/feed"]


def test_a_page_is_asked_for_again_if_a_list_says_that_it_changed(
    site: Site, run_fetch: Fetch, seeds: Path, make: Make
) -> None:
    def feed(day: str) -> str:
        return site.rss(
            "/feed", f"<item><link>{site.address}/a</link><pubDate>{day}</pubDate></item>"
        )

    site.page("/a")
    run_fetch(feed("Tue, 28 Oct 2025 09:00:00 GMT"))
    make({})
    site.page("/a", PARAGRAPH * 4 + "A tenth came at dusk.")
    assert run_fetch(feed("Tue, 28 Oct 2025 08:00:00 GMT")).known == 1
    assert len(run_fetch(feed("Tue, 28 Oct 2025 09:30:00 GMT")).fetched) == 1
    assert len(stored(seeds)) == 1
    report = make({})
    assert (report.added, report.changed) == (0, 1)


def test_refresh_asks_with_the_tags_of_before(site: Site, run_fetch: Fetch, seeds: Path) -> None:
    site.page("/tagged", headers={"ETag": '"1"', "Last-Modified": "Tue, 28 Oct 2025 09:00:00 GMT"})
    site.page("/same")
    feed = site.rss("/feed", "/tagged", "/same")
    run_fetch(feed)
    times = {file: (seeds / file).stat().st_mtime_ns for file in stored(seeds)}
    report = run_fetch(feed, refresh=True)
    assert (report.fetched, report.unchanged) == ([], 2)
    assert times == {file: (seeds / file).stat().st_mtime_ns for file in stored(seeds)}
    asked = next(asked for asked in reversed(site.asked) if asked.path == "/tagged")
    assert asked.headers["if-none-match"] == '"1"'
    assert asked.headers["if-modified-since"] == "Tue, 28 Oct 2025 09:00:00 GMT"


def test_a_list_answers_304_only_once_all_its_pages_are_done(site: Site, run_fetch: Fetch) -> None:
    site.page("/a")
    site.page("/b")
    feed = site.rss("/feed", "/a", "/b", headers={"ETag": '"7"'})
    assert run_fetch(feed, limit=1).over_limit == 1
    assert len(run_fetch(feed).fetched) == 1
    assert run_fetch(feed).lists_unchanged == [feed]
    assert run_fetch(feed, match="*/b").known == 1  # other options: the list is read


def test_a_304_that_was_not_asked_for_is_a_failure(site: Site, run_fetch: Fetch) -> None:
    site.replies["/feed"] = Reply(status=304)
    report = run_fetch(f"{site.address}/feed")
    assert report.lists_unchanged == []
    assert [why for _, why in report.failed] == ["answered 304 Not Modified without being asked"]


def test_days_globs_and_limits_choose_pages(site: Site, run_fetch: Fetch, seeds: Path) -> None:
    urls = ""
    for name, day in [("old", "2024-01-01"), ("new", "2025-03-01"), ("newer", "2025-04-01")]:
        site.page(f"/news/{name}")
        urls += f"<url><loc>{site.address}/news/{name}</loc><lastmod>{day}</lastmod></url>"
    urls += f"<url><loc>{site.address}/about</loc></url>"
    site.replies["/map.xml"] = Reply(f"<urlset>{urls}</urlset>", "application/xml")
    report = run_fetch(
        f"{site.address}/map.xml", since=datetime.date(2025, 1, 1), match="*/news/*", limit=1
    )
    assert (report.older, report.unmatched, report.over_limit) == (1, 1, 1)
    assert stored(seeds) == [file_name(f"{site.address}/news/newer")]


def test_hosts_are_asked_side_by_side_and_each_one_by_one(
    site: Site, other: Site, run_fetch: Fetch, seeds: Path
) -> None:
    for running in (site, other):
        for name in "abc":
            running.page(f"/{name}")
    feeds = [running.rss("/feed", "/a", "/b", "/c") for running in (site, other)]
    assert len(run_fetch(*feeds).fetched) == 6
    assert (site.most_at_once, other.most_at_once) == (1, 1)
    assert {file.partition("/")[0] for file in stored(seeds)} == {"127.0.0.1", "localhost"}


def test_what_could_not_be_fetched_is_named_and_tried_again(site: Site, run_fetch: Fetch) -> None:
    site.replies["/robots.txt"] = Reply("User-agent: *\nDisallow: /private/", "text/plain")
    site.replies["/broken"] = Reply("", status=500)
    site.replies["/picture"] = Reply(b"GIF89a", "image/gif")
    site.replies["/paid"] = Reply("", status=402)
    feed = site.rss("/feed", "/private/a", "/broken", "/picture", "/paid", "/gone")
    report = run_fetch(feed)
    assert [url for url, _ in report.disallowed] == [f"{site.address}/private/a"]
    assert [why for _, why in report.failed] == ["answered 500 Internal Server Error"]
    assert sorted(why[:22] for _, why in report.unfit) == [
        "answered 402 Payment R"[:22],
        "is of the kind 'image/",
    ]
    assert (report.gone, report.status) == (1, 1)
    site.page("/broken")
    site.asked.clear()
    report = run_fetch(feed)
    assert (len(report.fetched), report.known, report.gone, report.status) == (1, 2, 1, 0)
    assert site.paths == ["/feed", "/broken"]


def test_a_private_address_is_never_asked(site: Site, run_fetch: Fetch) -> None:
    site.page("/a")
    report = run_fetch(site.rss("/feed", "/a"), allow_private=False)
    private = "is at 127.0.0.1, which is not a public address (asking for its robots.txt)"
    assert [why for _, why in report.failed] == [private]
    assert site.asked == []


def test_one_process_at_a_time(site: Site, run_fetch: Fetch, seeds: Path) -> None:
    with opened(seeds), pytest.raises(ArchiveError, match="another process is fetching into"):
        run_fetch(site.rss("/feed"))


def test_an_address_that_is_none_is_an_error(run_fetch: Fetch) -> None:
    with pytest.raises(ArchiveError, match=r"'example\.org/feed' is not an http://"):
        run_fetch("example.org/feed")


def test_killed_at_any_moment_a_run_goes_on_where_it_was(
    site: Site, run_fetch: Fetch, seeds: Path, make: Make
) -> None:
    names = [f"/page-{n}" for n in range(12)]
    for name in names:
        site.page(name)
    feed = site.rss("/feed", *names)
    command = [sys.executable, "-m", "index.fetch", feed, "--into", str(seeds)]
    command += ["--rate", "0.02", "--allow-private"]
    for count in (1, 4, 9):
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        while len(stored(seeds)) < count and process.poll() is None:
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
        assert process.wait() in (-signal.SIGKILL, 0)  # on a busy machine it may be done before
    report = run_fetch(feed)
    assert report.status == 0
    assert len(report.fetched) + report.known == len(names)
    assert len(stored(seeds)) == len(names)
    assert all(site.paths.count(name) <= 2 for name in names)
    assert not list((seeds / ".fetch").glob("*.new"))
    built = make({})
    assert (built.added, built.skipped) == (len(names), [])


def test_an_interrupt_ends_at_once(site: Site, seeds: Path) -> None:
    leave = threading.Event()

    def endless(connection: BinaryIO) -> None:
        with suppress(OSError):  # the reader has left
            while not leave.wait(1):
                connection.write(b"H")  # of a line that never ends

    site.replies["/slow"] = Reply(raw=endless)
    feed = site.rss("/feed", "/slow")
    command = [sys.executable, "-m", "index.fetch", feed, "--into", str(seeds), "--allow-private"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    while "/slow" not in site.paths and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=100)  # the page would take 120 seconds
    leave.set()
    assert (process.returncode, errors[-8:]) == (130, "stopped\n"), errors
