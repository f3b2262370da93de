"""The pages of feeds as real programs write them: WordPress, Atom, RDF, JSON Feed."""

import contextlib
import datetime
import json
import random

import pytest

from index.fetch.failures import UnfitError
from index.fetch.lists.feeds import MAX_ENTRIES, read_feed, read_json_feed
from tests.support.quick import quick

DAY = datetime.date(2025, 10, 28)
WORDPRESS = b"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
  xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
  xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">
<channel><title>The Harbour Gazette</title>
<atom:link href="https://gazette.example/feed/" rel="self" type="application/rss+xml" />
<link>https://gazette.example</link><lastBuildDate>Wed, 29 Oct 2025 10:00:00 +0000</lastBuildDate>
<sy:updatePeriod>hourly</sy:updatePeriod>
<item><title>Nine ships &#8211; and fog</title><link>https://gazette.example/2025/10/nine-ships/</link>
<dc:creator><![CDATA[K. Eeper]]></dc:creator><pubDate>Tue, 28 Oct 2025 09:00:00 +0000</pubDate>
<category><![CDATA[Harbour]]></category>
<guid isPermaLink="false">https://gazette.example/?p=7</guid>
<description><![CDATA[<p>The keeper <a href="https://elsewhere.example/">counted</a>.</p>]]></description>
<content:encoded><![CDATA[<p>The keeper counted nine ships.</p>]]></content:encoded></item>
<item><title>No link, but a permanent id</title><guid>https://gazette.example/2025/10/fog/</guid></item>
<item><title>By way of a click counter</title><link>https://clicks.example/~r/1</link>
<feedburner:origLink>https://gazette.example/2025/10/rain/</feedburner:origLink></item>
<item><title>Neither link nor id</title></item>
</channel></rss>"""
ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">
<title>Hafenblatt</title><link rel="self" href="https://blatt.example/atom.xml"/>
<entry><title type="html">Neun &amp;amp; mehr</title><id>tag:blatt.example,2025:1</id>
<link rel="alternate" type="text/html" href="/neun"/>
<link rel="replies" href="https://blatt.example/neun/comments"/>
<link rel="enclosure" href="https://blatt.example/neun.mp3"/>
<published>2025-10-28T09:00:00+01:00</published><updated>2025-10-30T12:00:00Z</updated></entry>
</feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://port.example/"><title>Port</title></channel>
<item rdf:about="https://port.example/1"><link>https://port.example/1</link>
<dc:date>2025-10-28T09:00:00+09:00</dc:date></item></rdf:RDF>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1", "title": "Harbour",
    "items": [
        {"id": "1", "url": "https://port.example/1", "date_published": "2025-10-28T09:00:00+09:00",
         "date_modified": "2025-10-29"},
        {"id": "2", "content_text": "no address"}, 7, None, {"url": 7}, {"url": "/2"},
    ],
}  # fmt: skip


def test_wordpress() -> None:
    listing = read_feed(WORDPRESS)
    assert [page.url for page in listing.pages] == [
        f"https://gazette.example/2025/10/{name}/" for name in ("nine-ships", "fog", "rain")
    ]
    assert listing.pages[0].published == DAY
    assert listing.pages[0].stated == "2025-10-28T09:00:00"
    assert (listing.kind, listing.skipped) == ("feed", 1)


def test_atom() -> None:
    [page] = read_feed(ATOM).pages
    assert (page.url, page.published, page.stated) == ("/neun", DAY, "2025-10-30T12:00:00")


def test_rdf() -> None:
    [page] = read_feed(RDF).pages
    assert page.url == "https://port.example/1"
    assert page.stated == "2025-10-28T00:00:00"


def test_json_feed() -> None:
    listing = read_json_feed(json.dumps(JSON_FEED).encode())
    assert [(page.url, page.published) for page in listing.pages] == [
        ("https://port.example/1", DAY), ("/2", None)
    ]  # fmt: skip
    assert listing.pages[0].stated == "2025-10-29T00:00:00"
    assert listing.skipped == 4


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "gb18030"])
def test_other_encodings(encoding: str) -> None:
    text = ATOM.decode().replace('version="1.0"', f'version="1.0" encoding="{encoding}"')
    assert [page.url for page in read_feed(text.encode(encoding)).pages] == ["/neun"]


@pytest.mark.parametrize(
    "data",
    [b"{}", b"[]", b"null", b"{", b'{"version": 1, "items": []}', b"[" * 100_000,
     b'{"version": "https://jsonfeed.org/version/1", "items": {}}', b"\xff\xfe{"],
    ids=range(8),
)  # fmt: skip
def test_other_json_is_refused(data: bytes) -> None:
    with pytest.raises(UnfitError, match="is JSON, but not a JSON Feed"):
        read_json_feed(data)


NESTED = (b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 50) for n in range(9))
LAUGHS = (
    b"<!DOCTYPE rss [<!ENTITY a 'lol'>"
    + b"".join(NESTED)
    + (b"]><rss version='2.0'><channel><item><link>http://a/&j;</link></item></channel></rss>")
)
OUTSIDE = b"""<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM
"http://127.0.0.1:9/x"> %p;]><rss version="2.0"><channel><item><link>http://a/&f;</link></item>
</channel></rss>"""


def test_entities_are_not_expanded() -> None:
    with quick():
        for data in (LAUGHS, OUTSIDE):
            for page in read_feed(data).pages:
                assert page.url == "http://a/"


@pytest.mark.parametrize(
    "data",
    [
        b"<rss version='2.0'><channel>" + b"<item>" * 20_000,
        b"<rss version='2.0'><channel><item>" + b"<a>" * 33_000,
        b"<rss version='2.0'><channel><item><link>" + b"&" * 100_000,
        b"<rss version='2.0'><channel><item><description>" + b"&lt;" * 25_000,
        b"<rss version='2.0'><channel><item><![CDATA[" + b"]]" * 50_000,
        b"<rss " + b"a='b' " * 16_000,
        b"<!DOCTYPE " + b"[" * 100_000,
        b"<rss version='2.0'>" + b"<!--" * 25_000,
        b"<rss version='2.0'><channel><item><pubDate>" + b"1 " * 50_000,
    ],
    ids=range(9),
)  # fmt: skip
def test_100_kb_of_anything_take_less_than_a_second(data: bytes) -> None:
    with quick(), contextlib.suppress(UnfitError):
        read_feed(data)


def test_damaged_feeds_are_read_or_refused() -> None:
    chance = random.Random(7)
    for source in (WORDPRESS, ATOM, RDF):
        for _ in range(60):
            data = bytearray(source)
            for _ in range(chance.choice([1, 3, 30])):
                data[chance.randrange(len(data))] = chance.randrange(256)
            start = chance.randrange(len(data))
            del data[start : start + chance.choice([0, 1, 100, 1000])]
            try:
                listing = read_feed(bytes(data))
            except UnfitError:
                continue
            assert all(isinstance(page.url, str) and page.url for page in listing.pages)


def test_a_feed_without_end_is_cut() -> None:
    items = "".join(f"<item><link>http://a/{n}</link></item>" for n in range(5))
    assert MAX_ENTRIES >= 5
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.fetch.lists.feeds.MAX_ENTRIES", 3)
        listing = read_feed(f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
    assert (len(listing.pages), listing.skipped) == (3, 2)
    with pytest.raises(UnfitError, match="is a feed of over 10 MB or 2,000,000 tags"):
        read_feed(b" " * 10_000_001)
