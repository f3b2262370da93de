"""What the page says about a citation, as plain data."""

import datetime
from dataclasses import replace

import pytest

from index.article import Location
from index.store.base.search_filter import SearchFilter
from qa import Place
from qa.chat.source import (
    MAX_PATH,
    MAX_PLACES,
    Quote,
    confidence_level,
    describe,
    describe_confidence,
    filter_labels,
    language_code,
    language_name,
    location_name,
    shorten_path,
    split_quote,
    url_at_page,
    web_host,
)
from tests.support.chats import PAGE_12, SENTENCE, answer, citation
from tests.support.hostile import HOSTILE


def test_a_citation_is_described_in_the_language_of_the_page() -> None:
    details = describe(citation(SENTENCE), "zh")
    assert (details.title, details.code, details.place) == ("A headline", "en", "a.txt")
    assert details.facts == ("2025-01-02", "英文")
    assert not details.is_teaser
    assert (details.also_in, details.more_places, details.url) == ((), 0, None)
    assert details.location == ""
    assert describe(replace(citation(SENTENCE), location=PAGE_12), "zh").location == "第 12 页"


@pytest.mark.parametrize(
    ("location", "name"),
    [
        (None, ""),
        (Location(), ""),
        (PAGE_12, "page 12"),
        (Location(seconds=0.0), "0:00:00"),
        (Location(seconds=65.9), "0:01:05"),
        (Location(seconds=90061.0), "25:01:01"),
        (Location(2, 3.0), "page 2, 0:00:03"),
    ],
)
def test_a_location_is_a_page_or_a_time(location: Location | None, name: str) -> None:
    assert location_name(location, "en") == name


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/b.pdf", "https://a.example/b.pdf#page=12"),
        ("HTTP://a.example/b.PDF?v=2", "HTTP://a.example/b.PDF?v=2#page=12"),
        ("https://a.example/b.pdf#top", "https://a.example/b.pdf#top"),
        ("https://a.example/b.html?as=.pdf", "https://a.example/b.html?as=.pdf"),
        ("file:///b.pdf", "file:///b.pdf"),
        ("https://[/b.pdf", "https://[/b.pdf"),
        (None, None),
    ],
)
def test_the_address_of_a_pdf_names_the_page(url: str | None, shown: str | None) -> None:
    cited = replace(citation(SENTENCE), url=url, location=PAGE_12)
    assert url_at_page(cited) == shown
    assert url_at_page(replace(cited, location=None)) == url
    assert url_at_page(replace(cited, location=Location(seconds=5.0))) == url


def test_unknown_facts_are_left_out() -> None:
    cited = replace(citation(SENTENCE, kind="teaser"), date=None, language=None, title=None)
    details = describe(cited, "en")
    assert (details.facts, details.code, details.title) == ((), "", None)
    assert details.is_teaser


def test_other_places_are_listed_once_each_and_the_rest_counted() -> None:
    places = tuple(Place(str(n), None, f"{n % 7}.txt", 0, 1, "body") for n in range(20))
    details = describe(replace(citation(SENTENCE), also_in=places), "en")
    assert details.also_in == tuple(f"{n}.txt" for n in range(MAX_PLACES))
    assert details.more_places == 7 - MAX_PLACES


def test_a_quote_is_split_around_the_answer() -> None:
    cited = citation(SENTENCE)
    assert split_quote(cited, answer("Ann Lee", cited)) == Quote(
        "The mayor, ", "Ann Lee", ", opened the bridge on Monday."
    )


@pytest.mark.parametrize(
    ("start", "end"), [(None, None), (0, 5), (30, 30), (60, 40), (60, 10_000), (-5, 3)]
)
def test_an_answer_outside_the_citation_is_not_emphasised(
    start: int | None, end: int | None
) -> None:
    cited = citation(SENTENCE)
    outside = replace(answer("Ann Lee", cited), start=start, end=end)
    assert split_quote(cited, outside) == Quote(SENTENCE)
    assert split_quote(cited, None) == Quote(SENTENCE)


@pytest.mark.parametrize(
    ("confidence", "level"),
    [(1.0, "high"), (0.75, "high"), (0.749, "fair"), (0.4, "fair"), (0.399, "low"), (0.0, "low")],
)
def test_confidence_has_three_levels(confidence: float, level: str) -> None:
    assert confidence_level(confidence) == level


@pytest.mark.parametrize(("confidence", "percent"), [(1.0, "99%"), (0.666, "67%"), (0.0, "0%")])
def test_no_answer_is_called_certain(confidence: float, percent: str) -> None:
    assert describe_confidence(confidence).percent == percent


def test_a_filter_is_described_by_its_parts() -> None:
    assert filter_labels(SearchFilter(), "en") == []
    day = datetime.date(2025, 1, 2)
    assert filter_labels(SearchFilter(after=day), "en") == ["2025-01-02 – …"]
    everything = SearchFilter(None, day, "zh", "a.txt")
    assert filter_labels(everything, "zh") == ["… – 2025-01-02", "中文", "a.txt"]


@pytest.mark.parametrize(
    ("code", "english", "chinese"),
    [("en", "English", "英文"), ("ZH-tw", "Chinese", "中文"), ("sv", "Swedish", "瑞典语"),
     (None, "", ""), ("", "", ""), ("not a code", "", "")],
)  # fmt: skip
def test_languages_are_named(code: str | None, english: str, chinese: str) -> None:
    assert (language_name(code, "en"), language_name(code, "zh")) == (english, chinese)


@pytest.mark.parametrize("text", HOSTILE)
def test_only_a_language_code_is_used_as_one(text: str) -> None:
    assert language_code(text) == ""
    assert language_code("zh-Hant-TW") == "zh-Hant-TW"


def test_a_long_path_keeps_its_end() -> None:
    assert shorten_path("a  b\n.txt") == "a b .txt"
    shown = shorten_path("folder/" * 50 + "b.txt")
    assert len(shown) == MAX_PATH
    assert shown.startswith("…")
    assert shown.endswith("folder/b.txt")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)",
        " javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x",
        "file:///etc/passwd", "ftp://example.org/", "//example.org/", "http:", "http://",
        "https:example.org", "http://[::1", "http://a b.example/", "http:\\\\evil.example",
        "https://example.org/\u202egpj", "https://example.org/" + "a" * 3000, "",
    ],
)  # fmt: skip
def test_only_a_plain_web_address_is_linked(url: str) -> None:
    assert web_host(url) is None
    assert describe(replace(citation(SENTENCE), url=url), "en").url is None


def test_a_link_names_its_host() -> None:
    url = "HTTPS://user@News.example.org:8080/a?b=1"
    details = describe(replace(citation(SENTENCE), url=url), "en")
    assert (details.url, details.host) == (url, "news.example.org")


def test_an_archives_name_is_shown_before_the_file_and_stays_when_that_is_cut() -> None:
    shown = describe(replace(citation(SENTENCE), place=f"{'x' * 200}.txt", archive="news"), "en")
    assert shorten_path(shown.place).startswith("news: …x")
    assert shorten_path(shown.place).endswith("x.txt")
