"""The feed: valid Atom, stable ids, plain text whatever was asked or answered."""

import sys

import feedparser
import pytest
from lxml import etree

from qa.standing.atom import ATOM, atom
from qa.standing.records import Cited, Kind, KnownAnswer, News

LINK = "/#/a/x/1-2?q=%2E"
HOSTILE = "<script>alert(1)</script> & ]]> &amp; \x00\x1b[31m\u202e\ufffe\ufffd {{7*7}} 谁"


def make(number: int = 1, question: str = "Who?", kind: Kind = "answered", **filters: str) -> News:
    cited = Cited(question, question, "2025-01-02", "a.txt", None, LINK)
    known = KnownAnswer(question, question, 0.9, (cited,))
    return News(
        number, f"{number:032x}", 1, "news", question, filters, kind,
        f"2026-11-28T08:00:0{number}+00:00", KnownAnswer(None),
        KnownAnswer(None) if kind == "withdrawn" else known,
    )  # fmt: skip


def test_a_feed_reader_reads_it() -> None:
    parsed = feedparser.parse(atom("news", "standing-1", [make(2, kind="changed"), make(1)]))
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert parsed.feed.title == "Standing questions: news"
    assert parsed.feed.updated == "2026-11-28T08:00:02+00:00"
    second, first = parsed.entries
    assert (first.title, second.title) == ("Answered: Who?", "Answered differently: Who?")
    assert first.link == "/#/a/x/1-2?q=%2E"
    assert first.content[0].type == "text/plain"
    assert first.content[0].value.splitlines() == [
        "Now: Who?", "“Who?”", "Who?, 2025-01-02, a.txt", "Before: not in the archive",
    ]  # fmt: skip


def test_ids_stay_and_are_of_one_feed() -> None:
    def ids(text: bytes) -> list[str]:
        return [str(found.text) for found in etree.fromstring(text).iter(f"{{{ATOM}}}id")]

    once = ids(atom("news", "standing-1", [make()]))
    assert ids(atom("news", "standing-1", [make()])) == once
    assert ids(atom("other", "standing-1", [make()]))[0] != once[0]
    assert ids(atom("news", "standing-2", [make()]))[0] != once[0]
    assert all(one.startswith("urn:uuid:") for one in once)


@pytest.mark.parametrize("kind", ["answered", "changed", "withdrawn"])
def test_what_is_hostile_is_text(kind: Kind) -> None:
    text = atom("news", "standing-1", [make(question=HOSTILE, kind=kind)])
    parsed = feedparser.parse(text)
    assert not parsed.bozo
    tree = etree.fromstring(text)
    assert tree.xpath("//*[local-name() = 'script']") == []
    (title,) = tree.xpath("//*[local-name() = 'entry']/*[local-name() = 'title']/text()")
    assert "<script>alert(1)</script> & ]]> &amp; [31m\ufffd {{7*7}} 谁" in title
    assert not {"\x1b", "\u202e", "\ufffe"} & set(title)


def test_a_feed_without_news_is_valid() -> None:
    parsed = feedparser.parse(atom("news", "standing-1", []))
    assert (parsed.bozo, parsed.entries, parsed.feed.updated[:4]) == (False, [], "1970")


def test_filters_and_a_lost_answer_are_named() -> None:
    text = atom("news", "standing-1", [make(kind="withdrawn", language="de")])
    (entry,) = feedparser.parse(text).entries
    assert "Now: not in the archive" in entry.content[0].value
    assert "Only: language de" in entry.content[0].value


def test_a_hostile_permalink_is_cleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "LINK", "/#/a\x00b\ud800")
    (entry,) = feedparser.parse(atom("news", "standing-1", [make()])).entries
    assert entry.link == "/#/ab"
