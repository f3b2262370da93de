"""Feedparser is kept from time by the square, from unbounded entities, and from its own errors."""

import pytest

from index.errors import UnreadableError
from index.formats.web.feeds.parser import MAX_ATTRIBUTES, MAX_NAMESPACES, Feed, parse_feed

NAMESPACES = "".join(
    f' xmlns:{prefix}="{uri}"'
    for prefix, uri in [
        ("content", "http://purl.org/rss/1.0/modules/content/"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("media", "http://search.yahoo.com/mrss/"),
    ]
)
GOOD = "<item><guid>{}</guid><description>Nine ships came.</description></item>"
SIZE = 100_000  # what took half a minute before


def feed_of(middle: str, head: str = "", root: str = "") -> Feed:
    """A feed with two good entries, and `middle` between them."""
    body = f"<channel><title>G</title>{GOOD.format(1)}{middle}{GOOD.format(2)}</channel>"
    return parse_feed(f'{head}<rss version="2.0"{NAMESPACES}{root}>{body}</rss>')


def good(feed: Feed) -> list[str]:
    """The ids of the entries whose text is whole."""
    entries = [e for i, e in enumerate(feed.entries) if i not in feed.failures]
    return [entry.id for entry in entries if entry.get("summary") == "Nine ships came."]


@pytest.mark.parametrize(
    "inside",
    [
        f"<author>{'a.' * (SIZE // 2)}</author>",
        "".join(f"<category>c{i}</category>" for i in range(SIZE // 25)),
        f"<media:keywords>{','.join(map(str, range(SIZE // 6)))}</media:keywords>",
        "<author/>" * (SIZE // 9),
        "<description>" + "\n<b/>" * (SIZE // 5) + "</description>",
    ],
    ids=["a long author", "categories", "keywords", "authors", "blank pieces"],
)
@pytest.mark.parametrize("end", ["", "&nbsp;"], ids=["well-formed", "not well-formed"])
def test_entries_that_took_time_by_the_square_are_read(inside: str, end: str) -> None:
    feed = feed_of(f"<item><guid>x</guid><title>A{end}B</title>{inside}</item>")
    assert feed.well_formed == (not end)
    assert (good(feed), feed.entries[1].title, feed.failures) == (
        ["1", "2"],
        f"A{end and chr(160)}B",
        {},
    )


@pytest.mark.parametrize(
    "head",
    [
        "\n" * SIZE,
        "<!-- -->\n" * (SIZE // 10),
        "<!DOCTYPE rss [" + "\n" * SIZE + "]>",
        "<!DOCTYPE rss [" + '<!ENTITY a "b">' * (SIZE // 15) + "]>",
        "<!DOCTYPE " * (SIZE // 10),
    ],
    ids=["lines", "comments", "a blank doctype", "declarations", "doctypes without end"],
)
def test_prologs_that_took_time_by_the_square_are_read(head: str) -> None:
    assert good(feed_of("", head)) == ["1", "2"]


@pytest.mark.parametrize(
    ("element", "why"),
    [
        ("<x " + " ".join(f'a{i}=""' for i in range(MAX_ATTRIBUTES + 1)) + "/>", "attributes"),
        (f'<x xml:base="{"b/" * 2000}"/>', "base address"),
        ("".join(f'<n{i}:x xmlns:n{i}="u{i}"/>' for i in range(MAX_NAMESPACES)), "namespaces"),
    ],
    ids=["attributes", "base", "namespaces"],
)
@pytest.mark.parametrize("end", ["", "&nbsp;"], ids=["well-formed", "not well-formed"])
def test_an_entry_beyond_the_limits_costs_that_entry(element: str, why: str, end: str) -> None:
    feed = feed_of(f"<item><guid>x</guid><title>{end}</title>{element}</item>")
    assert good(feed) == ["1", "2"]
    assert [*feed.failures] == [1]
    assert why in str(feed.failures[1])
    with pytest.raises(UnreadableError, match=why):
        feed_of(element)


@pytest.mark.parametrize("damage", ["", "&nbsp;"], ids=["well-formed", "not well-formed"])
def test_entities_are_replaced_within_bounds(damage: str) -> None:
    head = """<!DOCTYPE rss [<!ENTITY co "ACME Ltd"> <!ENTITY sq '&#178;'> <!ENTITY b "&co;">]>"""
    feed = feed_of(f"<item><title>&co; m&sq; {damage}!</title></item>", head)
    assert feed.entries[1].title == f"ACME Ltd m² {damage and chr(160)}!"
    head = f'<!DOCTYPE rss [<!ENTITY a "{"x" * 10_000}">]>'
    with pytest.raises(UnreadableError, match="entities that stand for too much text"):
        feed_of("<item><title>" + "&a;" * 1001 + damage, head)


def test_entries_after_one_that_fails_are_read_as_if_it_were_not_there() -> None:
    bad = "<item><guid>x</guid><content:encoded>a</height></item>"
    feed = feed_of(bad)
    assert good(feed) == ["1", "2"]
    assert [*feed.failures] == [1]


def test_what_is_no_feed_has_no_version() -> None:
    for text in ("", "words", "<html><p>words</p></html>", "<?xml?>", "<!DOCTYPE", "<"):
        assert not parse_feed(text).version
    assert feed_of("").version == "rss20"


@pytest.mark.parametrize(
    "doctype",
    ["<!DOCTYPE rss><!DOCTYPE rss [{}]>", '<!DOCTYPE rss SYSTEM "a<b" [{}]>',
     "\ufeff<!DOCTYPE rss [{}]>", "\ufeff<?xml version='1.0'?><!-- --><!DOCTYPE rss [{}]>"],
    ids=["a second one", "one that is misread", "after a mark", "after a mark and more"],
)  # fmt: skip
def test_no_document_type_can_make_text_grow(doctype: str) -> None:
    entities = f'<!ENTITY a "{"x" * 1000}"><!ENTITY b "{"&a;" * 100}"><!ENTITY c "{"&b;" * 10}">'
    body = "<channel><item><title>&c;&c;&c;</title></item></channel>"
    feed = parse_feed(f'{doctype.format(entities)}<rss version="2.0">{body}</rss>')
    assert len(str(feed.entries)) < 10_000
