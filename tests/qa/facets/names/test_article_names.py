"""What an article names: all scripts, hostile texts, bounded work."""

import datetime

import pytest

from index.article import Article
from qa.facets.names.article_names import LONGEST_LINE, MOST_CHARACTERS, mentions, read_names
from qa.facets.names.linking import LONGEST, MOST_NAMES


def article(text: str, title: str | None = None, language: str | None = None) -> Article:
    return Article("a", title, text, datetime.date(2025, 10, 28), language, "a.txt")


def test_each_line_is_read_by_the_rules_of_its_script() -> None:
    text = "President Ann Lee left Lyon.\n王毅部长访问巴黎。\n山田太郎さんは京都にいる。\nКиев"
    found = [(m.kind, m.label) for m in mentions(text)]
    assert found == [
        ("person", "Ann Lee"), ("place", "Lyon"), ("person", "王毅"), ("place", "巴黎"),
        ("person", "山田太郎"), ("place", "京都"), ("place", "Киев"),
    ]  # fmt: skip


def test_offsets_point_into_the_text() -> None:
    text = "😀 In Paris\r\n\r\n总统习近平在巴黎\nMr Ford's car"
    assert all(text[m.start : m.end] == m.label for m in mentions(text))


def test_a_headline_without_kana_is_japanese_in_a_japanese_article() -> None:
    assert [m.label for m in mentions("大阪市長会見", "ja")] == ["大阪"]


def test_the_title_counts_and_the_days_are_those_of_the_text() -> None:
    names, days = read_names(article("It rained yesterday.", "Fog over Kyiv"))
    assert [name.label for name in names] == ["Kyiv"]
    assert days == ["2025-10-27"]


def test_one_name_in_three_spellings_is_one_name() -> None:
    text = "Sanae Takaichi spoke. Prime Minister Takaichi left.\n首相高市早苗在东京。"
    people = [name for name in read_names(article(text)).names if name.kind == "person"]
    assert [name.key for name in people] == ["sanae takaichi"]


@pytest.mark.parametrize(
    "text",
    [
        "", "\n" * 1000, "\0\ud800 President \udfff", "A" * 50_000, "Mr " * 20_000,
        "of the " * 10_000 + "Bank", "Bank of the " * 5_000, "王" * 20_000, "ア" * 20_000,
        "·" * 5_000 + "王·" * 5_000, "President <script>alert(1)</script> Ann Lee",
    ],
    ids=range(11),
)  # fmt: skip
def test_hostile_texts_are_read(text: str) -> None:
    names, _ = read_names(article(text))
    assert all(len(name.label) <= LONGEST for name in names)


def test_work_and_names_are_bounded() -> None:
    many = "".join(f"Mr {chr(65 + n % 26)}ab{'bcdfg'[n % 5]}o{n} left. " for n in range(3_000))
    assert len(read_names(article(many)).names) <= MOST_NAMES
    late = "x " * MOST_CHARACTERS + "Paris"
    assert read_names(article(late)).names == []
    assert list(mentions("高" * (LONGEST_LINE + 10))) == []
