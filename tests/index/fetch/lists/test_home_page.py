"""The feeds that a page names as its own."""

import contextlib

import pytest

from index.fetch.failures import UnfitError
from index.fetch.lists.home_page import MAX_FEEDS, read_home_page
from tests.support.quick import quick


def test_feeds_in_the_head_are_found() -> None:
    listing = read_home_page(
        b"<!doctype html><html><head><title>Gazette</title>"
        b'<link rel="alternate" type="application/rss+xml" href="/feed/">'
        b'<LINK REL="Alternate home" TYPE="application/atom+xml; charset=utf-8" HREF=" atom.xml ">'
        b'<link rel="alternate" type="application/feed+json" href="https://b.example/feed.json">'
        b'<link rel="alternate" type="application/rss+xml" href="/feed/">'
        b'<link rel="alternate" type="application/rss+xml">'
        b'<link rel="alternate" hreflang="de" href="/de/">'
        b'<link rel="stylesheet" type="application/rss+xml" href="/style.css">'
        b"</head><body><a href='/rss'>RSS</a>"
    )
    assert [feed.url for feed in listing.lists] == [
        "/feed/",
        "atom.xml",
        "https://b.example/feed.json",
    ]
    assert listing.kind == "home page"


def test_a_base_counts() -> None:
    head = (
        b'<base href="https://b.example/x/"><link rel=alternate type=application/rss+xml href=feed>'
    )
    assert [feed.url for feed in read_home_page(head).lists] == ["https://b.example/x/feed"]


def test_there_are_no_more_than_the_limit() -> None:
    link = b"<link rel=alternate type=application/rss+xml href=%d>"
    listing = read_home_page(b"".join(link % n for n in range(MAX_FEEDS + 5)))
    assert (len(listing.lists), listing.skipped) == (MAX_FEEDS, 5)


@pytest.mark.parametrize("data", [b"", b"   ", b"<!-- nothing -->"])
def test_what_is_no_page_is_refused(data: bytes) -> None:
    with pytest.raises(UnfitError, match="is neither a feed, a sitemap nor a web page"):
        read_home_page(data)


@pytest.mark.parametrize(
    "piece", [b"<a>", b"<link rel=alternate type=application/rss+xml href=//[>", b"<!--", b"\x00"]
)
def test_100_kb_of_anything_take_less_than_a_second(piece: bytes) -> None:
    with quick(), contextlib.suppress(UnfitError):
        read_home_page(b"<html>" + piece * (100_000 // len(piece)))
