"""Sitemaps as real programs write them: news, pictures, indexes; hostile ones within limits."""

import datetime

import pytest

from index.fetch.failures import UnfitError
from index.fetch.lists import sitemaps
from index.fetch.lists.sitemaps import read_sitemap
from tests.support.quick import quick

NEWS = b"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="https://gazette.example/style.xsl"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"
 xmlns:xhtml="http://www.w3.org/1999/xhtml"><!-- made by a program -->
<url><image:image><image:loc>https://gazette.example/a.jpg</image:loc></image:image>
<loc> https://gazette.example/a?x=1&amp;y=2
</loc><lastmod>2025-10-30T08:00:00+00:00</lastmod><changefreq>daily</changefreq>
<xhtml:link rel="alternate" hreflang="de" href="https://gazette.example/de/a"/>
<news:news><news:publication><news:name>The Harbour Gazette</news:name>
<news:language>en</news:language></news:publication>
<news:publication_date>2025-10-28T09:00:00-05:00</news:publication_date>
<news:title>Nine ships</news:title></news:news></url>
<url><loc><![CDATA[https://gazette.example/b]]></loc><lastmod>2025-10</lastmod></url>
<url><lastmod>2025-10-30</lastmod></url>
</urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://gazette.example/2025.xml.gz</loc><lastmod>2025-10-30</lastmod></sitemap>
<sitemap><loc>https://gazette.example/2024.xml.gz</loc></sitemap></sitemapindex>"""


def test_news() -> None:
    listing = read_sitemap(NEWS)
    first, second = listing.pages
    assert first.url == "https://gazette.example/a?x=1&y=2"
    assert first.published == datetime.date(2025, 10, 28)
    assert first.stated == "2025-10-30T08:00:00"
    assert (second.url, second.stated) == ("https://gazette.example/b", "")
    assert (listing.kind, listing.skipped) == ("sitemap", 1)


def test_an_index() -> None:
    listing = read_sitemap(INDEX)
    assert listing.kind == "sitemap index"
    assert [(found.url[-11:], found.day) for found in listing.lists] == [
        ("2025.xml.gz", "2025-10-30"), ("2024.xml.gz", "")
    ]  # fmt: skip
    assert listing.pages == ()


def test_without_a_namespace_and_cut_short() -> None:
    whole = b"<urlset><url><loc>http://a/1</loc></url><url><loc>http://a/2</loc></url></urlset>"
    assert len(read_sitemap(whole).pages) == 2
    assert read_sitemap(whole[:-30]).pages[0].url == "http://a/1"
    assert read_sitemap(b"<urlset><url>").pages == ()


def test_entities_are_not_expanded() -> None:
    laughs = b"<!DOCTYPE u [<!ENTITY a 'lol'>" + b"".join(
        b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 50) for n in range(9)
    ) + b"]><urlset><url><loc>http://a/&j;</loc></url></urlset>"  # fmt: skip
    outside = b'<!DOCTYPE u [<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>&f;</loc></url></urlset>'
    with quick():
        for data in (laughs, outside):
            try:
                urls = [page.url for page in read_sitemap(data).pages]
            except UnfitError:
                continue
            assert all(len(url) < 100 and "root:" not in url for url in urls)


def test_a_sitemap_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_ENTRIES", 2)
    data = b"<urlset>" + b"<url><loc>http://a/</loc></url>" * 5 + b"</urlset>"
    listing = read_sitemap(data)
    assert (len(listing.pages), listing.skipped) == (2, 3)


@pytest.mark.parametrize("inside", [b"", b"<url>"])
def test_an_entry_without_end_is_refused(inside: bytes) -> None:
    with pytest.raises(UnfitError, match="an entry that does not end"):
        read_sitemap(b"<urlset>" + inside + b"<x/>" * 30_000)


def test_many_entries_take_seconds_at_most() -> None:
    data = b"<urlset>" + b"<url><loc>http://a/b</loc><lastmod>2025-10-28</lastmod></url>" * 20_000
    with quick():
        assert len(read_sitemap(data + b"</urlset>").pages) == 20_000
