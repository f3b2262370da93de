"""One page: whether it is asked for, and what becomes of each answer."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from index.fetch.lists.entries import Entry, entry
from index.fetch.page_fetcher import PageFetcher
from index.fetch.pages import file_name
from index.fetch.report import FetchReport
from index.fetch.settings import Settings
from index.fetch.state import GONE, STORED, UNFIT, State, opened
from index.fetch.visitor import Visitor
from tests.support.sites import Reply, Site

Run = Callable[..., tuple[PageFetcher, FetchReport]]


@pytest.fixture
def state(seeds: Path) -> Iterator[State]:
    with opened(seeds) as running:
        yield running


@pytest.fixture
def start(seeds: Path, state: State) -> Iterator[Run]:
    visitors: list[Visitor] = []

    def run(**options: Any) -> tuple[PageFetcher, FetchReport]:
        settings = Settings(rate=0, allow_private=True, **options)
        visitors.append(Visitor(settings))
        report = FetchReport()
        return PageFetcher(seeds, settings, state, visitors[-1], report), report

    yield run
    for visitor in visitors:
        visitor.close()


def test_pages_that_are_known_are_wanted_only_if_they_changed(
    site: Site, state: State, start: Run
) -> None:
    url = f"{site.address}/a"
    site.page("/a")
    fetcher, report = start()
    stated = entry(url, changed="2025-10-28")
    assert fetcher.is_wanted(url, stated)
    fetcher.fetch(url, stated)
    assert not fetcher.is_wanted(url, stated)
    assert not fetcher.is_wanted(url, Entry(url))
    assert fetcher.is_wanted(url, entry(url, changed="2025-10-29"))
    assert start(refresh=True)[0].is_wanted(url, stated)
    assert report.known == 2


@pytest.mark.parametrize(
    ("reply", "status", "why"),
    [
        (Reply("<p>a", kind="video/mp4"), UNFIT, "is of the kind 'video/mp4', not application/pdf"),
        (Reply("<p>a", kind=""), UNFIT, "is of the kind '', not application/pdf"),
        (Reply(status=304), UNFIT, "answered 304 Not Modified"),
        (Reply("no", status=403), UNFIT, "answered 403 Forbidden"),
        (Reply(b"a" * 10_000_001), UNFIT, "is larger than 10 MB"),
        (
            Reply(gzip.compress(bytes(60_000_000)), headers={"Content-Encoding": "gzip"}),
            UNFIT,
            "is larger than 10 MB",
        ),
        (Reply(" \n"), None, "is empty"),
        (Reply("no", status=501), None, "answered 501 Not Implemented"),
    ],
)
def test_what_is_no_page(
    site: Site, state: State, start: Run, reply: Reply, status: str | None, why: str
) -> None:
    url = f"{site.address}/a"
    site.replies["/a"] = reply
    fetcher, report = start()
    fetcher.fetch(url, Entry(url))
    [(_, reason)] = report.unfit if status else report.failed
    assert reason.startswith(why)
    known = state.get(url)
    assert (known.status if known else None) == status


def test_a_page_that_is_gone_stays_as_it_was_stored(
    site: Site, state: State, start: Run, seeds: Path
) -> None:
    url = f"{site.address}/a"
    site.page("/a")
    fetcher, report = start(refresh=True)
    fetcher.fetch(url, Entry(url))
    file = seeds / file_name(url)
    before = file.read_bytes()
    site.replies["/a"] = Reply(status=410)
    fetcher.fetch(url, Entry(url))
    known = state.get(url)
    assert (known and known.status, report.gone, file.read_bytes()) == (GONE, 1, before)
    assert not start()[0].is_wanted(url, Entry(url))


def test_a_file_that_was_deleted_is_asked_for_in_full(
    site: Site, state: State, start: Run, seeds: Path
) -> None:
    url = f"{site.address}/a"
    site.page("/a", headers={"ETag": '"1"'})
    fetcher, report = start(refresh=True)
    fetcher.fetch(url, Entry(url))
    (seeds / file_name(url)).unlink()
    assert not start()[0].is_wanted(url, Entry(url))  # it was deleted on purpose
    fetcher.fetch(url, Entry(url))
    assert (seeds / file_name(url)).is_file()
    assert len(report.fetched) == 2
    fetcher.fetch(url, Entry(url))
    known = state.get(url)
    assert (report.unchanged, known and known.status) == (1, STORED)
