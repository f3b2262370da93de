"""Feeds are served under the rules of everything else, and only by their names."""

from pathlib import Path

import feedparser
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from index.store.base.search_filter import NO_FILTER
from qa.server.feeds import feed_route
from qa.server.guard import Rules
from qa.server.identity.access import Access
from qa.server.identity.passwords import digest
from qa.server.monitoring import app_options
from qa.standing.book import Book


@pytest.fixture
def book(tmp_path: Path) -> Book:
    book = Book(tmp_path / "data" / "standing.sqlite")
    book.add("Who?", NO_FILTER, "harbour-1")
    return book


@pytest.fixture
def client(book: Book) -> TestClient:
    return TestClient(Starlette(routes=[feed_route(book)]), "http://127.0.0.1:7860")


def test_a_feed_is_served(client: TestClient) -> None:
    found = client.get("/feeds/harbour-1.atom")
    assert found.status_code == 200
    assert found.headers["content-type"] == "application/atom+xml; charset=utf-8"
    parsed = feedparser.parse(found.content)
    assert parsed.feed.links[0].href == "/feeds/harbour-1.atom"
    assert client.head("/feeds/harbour-1.atom").status_code == 200
    assert client.post("/feeds/harbour-1.atom").status_code == 405


@pytest.mark.parametrize("host", ["evil.example", "a\x01b", "a<b>", ""])
def test_the_host_of_a_request_is_in_no_link(client: TestClient, host: str) -> None:
    found = client.get("/feeds/harbour-1.atom", headers={"Host": host})
    assert found.content == client.get("/feeds/harbour-1.atom").content


def test_an_unchanged_feed_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/feeds/harbour-1.atom")
    assert first.headers["cache-control"] == "private, no-cache"
    again = client.get("/feeds/harbour-1.atom", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/feeds/harbour-1.atom", headers={"If-None-Match": '"x"'}).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["other", "Harbour-1", "..%2f..%2fetc%2fpasswd", "%00", "a/b", "a" * 5000, "%F0%9F", "'--", ""],
)
def test_other_names_are_not_found(client: TestClient, name: str) -> None:
    assert client.get(f"/feeds/{name}.atom").status_code == 404


def test_a_damaged_file_is_no_traceback(client: TestClient, book: Book) -> None:
    book.database.file.write_bytes(b"no database" * 500)
    found = client.get("/feeds/harbour-1.atom")
    assert (found.status_code, found.text) == (503, "the standing questions cannot be read\n")


def test_a_feed_needs_the_password(book: Book) -> None:
    rules = Rules(Access({"anna": digest("sesame")}), routes=[feed_route(book)])
    options = app_options(rules, None)
    guarded = TestClient(Starlette(**options), "http://127.0.0.1:7860")
    assert guarded.get("/feeds/harbour-1.atom").status_code == 401
    assert guarded.get("/feeds/harbour-1.atom", auth=("anna", "sesame")).status_code == 200
