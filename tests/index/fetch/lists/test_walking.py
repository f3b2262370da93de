"""From the addresses that were named to pages: indexes are followed, within limits."""

from collections.abc import Callable

import pytest

from index.fetch.failures import DisallowedError, UnavailableError
from index.fetch.lists import walking
from index.fetch.lists.walking import Walk, Walker
from index.fetch.response import Response

Web = dict[str, str | int | Exception]


def rss(*links: str, day: str = "") -> str:
    date = f"<pubDate>{day}</pubDate>" if day else ""
    items = "".join(f"<item><link>{link}</link>{date}</item>" for link in links)
    return f"<rss version='2.0'><channel>{items}</channel></rss>"


def index(*links: str) -> str:
    items = "".join(f"<sitemap><loc>{link}</loc></sitemap>" for link in links)
    return f"<sitemapindex>{items}</sitemapindex>"


def walk(web: Web, *addresses: str, since: str = "", robots: tuple[str, ...] = ()) -> Walk:
    def get(address: str) -> Response:
        found = web[address]
        if isinstance(found, Exception):
            raise found
        if isinstance(found, int):
            return Response(address, found, "Odd", ())
        return Response(address, 200, "OK", (), found.encode())

    walker = Walker(get, lambda address: robots, since)
    for address in addresses:
        walker.follow(address)
    return walker.walk


A = "https://a.example"


def test_an_index_of_sitemaps_leads_to_their_pages() -> None:
    found = walk(
        {
            f"{A}/index.xml": index(f"{A}/1.xml", "/2.xml", f"{A}/1.xml"),
            f"{A}/1.xml": f"<urlset><url><loc>{A}/a</loc></url></urlset>",
            f"{A}/2.xml": f"<urlset><url><loc>{A}/a</loc></url><url><loc>b#c</loc></url></urlset>",
        },
        f"{A}/index.xml",
    )
    assert list(found.pages) == [f"{A}/a", f"{A}/b"]
    assert [(url[-5:], kind, count) for url, kind, count in found.read] == [
        ("x.xml", "sitemap index", 3), ("1.xml", "sitemap", 1), ("2.xml", "sitemap", 2)
    ]  # fmt: skip
    assert list(found.complete) == [f"{A}/1.xml", f"{A}/2.xml"]


def test_a_home_page_leads_to_its_feeds_or_to_the_sitemaps_of_robots_txt() -> None:
    link = '<html><link rel="alternate" type="application/rss+xml" href="/feed"></html>'
    found = walk({f"{A}/": link, f"{A}/feed": rss("/a")}, f"{A}/")
    assert list(found.pages) == [f"{A}/a"]
    bare: Web = {f"{A}/": "<html><p>Nothing.</html>", f"{A}/feed": rss("/a")}
    assert list(walk(bare, f"{A}/", robots=(f"{A}/feed",)).pages) == [f"{A}/a"]
    [(_, why)] = walk(bare, f"{A}/").failed
    assert why == "is a page that names no feed: name its feed or sitemap instead"


def test_lists_that_name_each_other_end() -> None:
    found = walk({f"{A}/1": index("/2", "/1"), f"{A}/2": index("/1", "/2")}, f"{A}/1", f"{A}/2")
    assert [url for url, *_ in found.read] == [f"{A}/1", f"{A}/2"]


def test_lists_without_end_are_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(dict[str, str | int | Exception]):
        def __missing__(self, address: str) -> str:
            return index(*(f"{address}{n}" for n in range(3)))

    monkeypatch.setattr(walking, "MAX_LISTS", 20)
    found = walk(Endless(), f"{A}/")
    assert len(found.read) == 20
    assert {why for _, why in found.failed} == {"leads to over 20 lists"}


def test_pages_without_end_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "MAX_PAGES", 2)
    found = walk({f"{A}/feed": rss("/a", "/b", "/c", "/a")}, f"{A}/feed")
    assert (len(found.pages), found.left_out) == (2, 1)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (404, "answered 404 Odd"),
        (UnavailableError("did not arrive"), "did not arrive"),
        (DisallowedError("is not allowed"), "is not allowed"),
        ("Nine ships.", "is neither a feed, a sitemap nor a web page"),
    ],
)
def test_a_list_that_cannot_be_read_does_not_affect_the_others(
    answer: str | int | Exception, why: str
) -> None:
    web: Web = {f"{A}/i": index("/1", "/2"), f"{A}/1": answer, f"{A}/2": rss("/a")}
    found = walk(web, f"{A}/i")
    assert found.failed == [(f"{A}/1", why)]
    assert list(found.pages) == [f"{A}/a"]


def test_addresses_that_are_none_are_named() -> None:
    bad = ["javascript:alert(1)", "file:///etc/passwd", "http://u:p@b.example/"]
    found = walk({f"{A}/i": index("ftp://a/"), f"{A}/feed": rss(*bad, "/a")}, f"{A}/feed", f"{A}/i")
    assert [url for url, _ in found.bad] == bad
    assert [url for url, _ in found.failed] == ["ftp://a/"]
    assert list(found.pages) == [f"{A}/a"]


def test_old_sitemaps_are_not_asked_for() -> None:
    old = "<sitemap><loc>/1</loc><lastmod>2024-12-31</lastmod></sitemap>"
    web: Web = {f"{A}/i": f"<sitemapindex>{old}<sitemap><loc>/2</loc></sitemap></sitemapindex>"}
    web[f"{A}/2"] = rss("/a")
    found = walk(web, f"{A}/i", since="2025-01-01")
    assert (list(found.pages), found.failed) == ([f"{A}/a"], [])


def test_two_lists_on_one_page_are_put_together() -> None:
    lists: Callable[[str], str] = lambda body: f"<urlset><url><loc>/a</loc>{body}</url></urlset>"  # noqa: E731
    web: Web = {
        f"{A}/feed": rss("/a", day="Tue, 28 Oct 2025 09:00:00 GMT"),
        f"{A}/map": lists("<lastmod>2025-10-30</lastmod>"),
    }
    for order in ([f"{A}/feed", f"{A}/map"], [f"{A}/map", f"{A}/feed"]):
        [page] = walk(web, *order).pages.values()
        assert (page.day, str(page.published)) == ("2025-10-30", "2025-10-28")


def test_a_list_that_did_not_change_names_nothing() -> None:
    found = walk({f"{A}/feed": 304}, f"{A}/feed")
    assert (found.unchanged, found.pages, found.complete) == ([f"{A}/feed"], {}, {})
