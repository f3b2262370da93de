"""Feeds become one article per entry, identified by the feed's own ids; damage is reported."""

import datetime
from xml.sax.saxutils import escape

import pytest

from index.article import Article
from index.formats.seed_file import Omitted, Refused
from tests.support.reading import Read

HEAD = '<?xml version="1.0"?><rss version="2.0"><channel><title>G</title><language>en-US</language>'
FOOT = "</channel></rss>"
TEXT = "The keeper counted nine ships & wrote them down."


def item(guid: str, text: str = TEXT, more: str = "") -> str:
    html = escape(f"<p>{escape(text)}</p><script>no()</script><p>Fog<br>came.</p>")
    return (
        f"<item><guid>{guid}</guid><title>Ship {guid}</title><link>https://example.org/{guid}</link>"
        f"<description>{html}</description>{more}</item>"
    )


def test_rss(read: Read) -> None:
    more = "<pubDate>Mon, 28 Oct 2024 23:30:00 -0500</pubDate><author>K. Eeper</author>"
    first, second = read("a.xml", HEAD + item("a 1", more=more) + item("b") + FOOT)
    assert (first.id, second.id) == ("a.xml#a 1", "a.xml#b")
    assert (first.path, first.place) == ("a.xml", "a.xml#a 1")
    assert first.text == f"Ship a 1\n\n{TEXT}\n\nFog\ncame."
    assert (first.title, first.author, first.language) == ("Ship a 1", "K. Eeper", "en")
    assert (first.url, first.date) == ("https://example.org/a 1", datetime.date(2024, 10, 28))
    assert second.date is None


def test_atom(read: Read) -> None:
    feed = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de-AT"><title>T</title>
        <entry><id>tag:1</id><title type="html">Nine &amp;lt; ten</title>
        <updated>2024-01-02T00:00:00Z</updated><published>2023-01-02T23:00:00+09:00</published><author><name>N</name></author>
        <summary>Short.</summary><content type="text">{escape(TEXT)}</content>
        <link href="https://example.org/a"/></entry></feed>"""
    [article] = read("a.atom", feed)
    assert article.text == f"Nine < ten\n\n{TEXT}"
    assert (article.id, article.author, article.language) == ("a.atom#tag:1", "N", "de")
    assert (article.url, article.date) == ("https://example.org/a", datetime.date(2023, 1, 2))


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "iso-8859-1"])
def test_encodings(read: Read, encoding: str) -> None:
    words = "café" if encoding == "iso-8859-1" else "港务局周二开会"
    feed = HEAD.replace("?>", f' encoding="{encoding}"?>') + item("a", words) + FOOT
    [article] = read("a.rss", feed.encode(encoding))
    assert words in article.text


def test_a_headline_alone_is_an_article_but_an_empty_entry_is_not(read: Read) -> None:
    first, second = read("a.rss", HEAD + "<item><title>Ships</title></item><item></item>" + FOOT)
    assert (first.text, first.id) == ("Ships", "a.rss#1")
    assert second == Refused("a.rss#2", "has neither text nor title")


def test_a_stray_ampersand_is_tolerated(read: Read) -> None:
    feed = HEAD + item("a") + "<item><description>Fish & chips</description></item>" + FOOT
    first, second = read("a.rss", feed)
    assert "nine ships" in first.text
    assert second.text == "Fish & chips"


@pytest.mark.parametrize("lost", [1, 5, 40, 150])
def test_a_truncated_feed_gives_its_complete_entries_and_is_reported(read: Read, lost: int) -> None:
    *articles, refused = read("a.rss", (HEAD + item("a") + item("b"))[:-lost])
    assert [article.id for article in articles] == ["a.rss#a"]
    assert refused.place == "a.rss"
    assert "is cut short" in refused.why


def test_xml_that_is_not_a_feed_is_refused(read: Read) -> None:
    for data in ("<a><b>words</b></a>", "<html><p>words</p></html>", "words", "<?xml?>", "<"):
        [refused] = read("a.xml", data)
        assert refused.why == "is not a feed: the only XML that is read is RSS and Atom"


BOMB = "<!DOCTYPE rss [<!ENTITY a 'ha ha ha '>" + "".join(
    f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "doctype",
    [BOMB + "]>", "<!DOCTYPE rss [<!ENTITY i SYSTEM 'file:///etc/hostname'>]>"],
    ids=["a billion laughs", "a file of this machine"],
)
def test_entities_are_neither_expanded_without_limit_nor_fetched(read: Read, doctype: str) -> None:
    feed = HEAD.replace("<rss", f"{doctype}<rss") + item("a", "MARK &i; END").replace(
        "&amp;amp;i;", "&i;"
    )
    for article in read("a.rss", feed + FOOT):
        assert not isinstance(article, Article) or len(article.text) < 10_000
        assert not isinstance(article, Article) or "MARK" in article.text
    with open("/etc/hostname") as name:
        assert name.read().strip() not in str(read("a.rss", feed + FOOT))


def test_content_is_never_taken_for_an_address(read: Read) -> None:
    for data in ("http://example.org/feed", "/etc/hostname", "file:///etc/hostname"):
        [refused] = read("a.rss", data)
        assert "is not a feed" in refused.why


def test_one_bad_entry_costs_that_entry(read: Read) -> None:
    bad = "<item><guid>bad</guid><description><![CDATA[<!doctype]]></description></item>"
    first, refused, last = read("a.rss", HEAD + item("a") + bad + item("b") + FOOT)
    assert (first.id, last.id) == ("a.rss#a", "a.rss#b")
    assert isinstance(refused, Refused)
    assert refused.place == "a.rss#bad"


@pytest.mark.parametrize(
    "date",
    ["Mon, 01 Jan 99999999999999999999 00:00:00 GMT", "0000-00-00", "1761645600", "10:00",
     "Mon, 01 Jan 2024 00:00:00 +99999999999999", "2025-10"],
)  # fmt: skip
def test_a_date_that_is_not_understood_costs_the_date(read: Read, date: str) -> None:
    dated = item("a", more=f"<pubDate>{date}</pubDate>")
    first, omitted, second = read("a.rss", HEAD + dated + item("b") + FOOT)
    assert (first.date, second.id) == (None, "a.rss#b")
    assert isinstance(omitted, Omitted)
    assert date in omitted.what


@pytest.mark.parametrize("date", ["2025/10/28 10:00", "2025年10月28日", "28-10-2025"])
def test_dates_in_other_forms(read: Read, date: str) -> None:
    [article] = read("a.rss", HEAD + item("a", more=f"<pubDate>{date}</pubDate>") + FOOT)
    assert article.date == datetime.date(2025, 10, 28)


def test_table_cells_and_superscripts_keep_apart(read: Read) -> None:
    html = escape("<table><tr><td>Tartu</td><td>97</td></tr></table><p>10<sup>6</sup> l</p>")
    [article] = read("a.rss", f"{HEAD}<item><description>{html}</description></item>{FOOT}")
    assert article.text == "Tartu 97\n\n10^6 l"


def test_what_feedparser_fails_on_costs_that_entry(read: Read) -> None:
    feed = HEAD + item("a") + item("BAD", more="</height>") + item("b") + FOOT
    first, refused, last = read("a.rss", feed)
    assert (first.id, last.id) == ("a.rss#a", "a.rss#b")
    assert isinstance(refused, Refused)
    assert (refused.place, last.text) == ("a.rss#2", f"Ship b\n\n{TEXT}\n\nFog\ncame.")


@pytest.mark.parametrize(
    "title",
    ['type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Nine <b>ships</b> &amp; fog</div>',
     'type="html">Nine &lt;b&gt;ships&lt;/b&gt; &amp;amp; fog', ">Nine ships &amp; fog"],
    ids=["xhtml", "html", "text"],
)  # fmt: skip
def test_markup_of_a_title_is_not_its_text(read: Read, title: str) -> None:
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title {}</title></entry></feed>'
    [article] = read("a.atom", feed.format(title))
    assert (article.title, article.text) == ("Nine ships & fog", "Nine ships & fog")


def test_all_authors_are_named(read: Read) -> None:
    dc = HEAD.replace("<rss", '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"')
    names = "<dc:creator>{}</dc:creator><dc:creator>{}</dc:creator>"
    feed = dc + item("a", more=names.format("Ann Onn", "K. Eeper"))
    mail = "<author>k@example.org (K. Eeper)</author><dc:creator>K. Eeper</dc:creator>"
    two, one = read("a.rss", feed + item("b", more=mail) + FOOT)
    assert (two.author, one.author) == ("Ann Onn, K. Eeper", "K. Eeper")
    atom = "<author><name>{}</name><email>{}@example.org</email></author>"
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Ships</title>'
    [article] = read(
        "a.atom", feed + atom.format("N", "n") + atom.format("M", "m") + "</entry></feed>"
    )
    assert article.author == "N, M"


def test_an_encoding_that_is_not_stated_is_found_and_one_in_doubt_named(read: Read) -> None:
    words = "Портовое управление сообщило, что во вторник прибыли девять судов. " * 3
    [article] = read("a.rss", (HEAD + item("a", words) + FOOT).encode("koi8-r"))
    assert words.strip() in article.text
    _, omitted = read("a.rss", (HEAD + item("a", "Nine ¤ ships") + FOOT).encode("cp1252"))
    assert isinstance(omitted, Omitted)
    assert "encoding is not stated" in omitted.what
