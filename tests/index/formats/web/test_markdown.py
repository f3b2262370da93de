"""Markdown becomes paragraphs: what a reader sees, without the markup."""

import datetime

import pytest

from index.formats.seed_file import Omitted
from index.formats.web.markdown import from_markdown
from tests.support.reading import Read, only_article

TEXT = "The lighthouse keeper counted nine ships before noon and wrote them into his book."


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("# Big *dogs*\n\nThey [bark](/loud) & `run`.", "Big dogs\n\nThey bark & run."),
        ("one  \ntwo\nthree\\\nfour", "one\ntwo\nthree\nfour"),
        ("![a dog](dog.png) Woof.", "Woof."),
        ("- one\n- two\n\n> three", "one\n\ntwo\n\nthree"),
        ("```\ncode\n```\n\n    more", "code\n\nmore"),
        ("<div>kept &amp; seen</div>\n<!-- not\nthis -->", "kept & seen"),
        ("<script>\nnot this\n</script>\n\nthis", "this"),
        ("a <b>bold</b> word", "a bold word"),
        ("a < b and c > d", "a < b and c > d"),
        ("under\n=====\n\n***\n\ntext", "under\n\ntext"),
        ("", ""),
    ],
)
def test_markdown(page: str, text: str) -> None:
    assert from_markdown(page) == (text, {})


def test_dashes_within_an_article_are_not_front_matter() -> None:
    assert from_markdown("Text.\n\n---\n\na: b\n\n---\n")[0] == "Text.\n\na: b"


def test_front_matter_becomes_metadata(read: Read) -> None:
    stated = "title: Nine ships\ndate: 2024-02-29\nauthor: K. Eeper\nurl: https://example.org/9"
    article = only_article(
        read("a.md", f"---\n{stated}\nlanguage: EN\n---\n# Nine ships\n\n{TEXT}\n")
    )
    assert article.text == f"Nine ships\n\n{TEXT}"
    assert (article.title, article.author) == ("Nine ships", "K. Eeper")
    assert (article.date, article.language) == (datetime.date(2024, 2, 29), "en")
    assert article.url == "https://example.org/9"


@pytest.mark.parametrize(
    "front",
    [
        "title: &a [*a]",  # endless
        "title: !!bool perhaps",
        "title: !!timestamp never",
        'title: "\\uD800"',
        "title: [7.5]",
        "title: T\ndate: soon",
        "title: T\ndate: 2025-13-45",
        "title: T\na: b: c",
        "{a: &a [x, x], b: &b [*a, *a], c: &c [*b, *b], title: *c}",
    ],
)
def test_unusable_front_matter_costs_only_itself_and_is_named(read: Read, front: str) -> None:
    article, *omitted = read("a.md", f"---\n{front}\n---\n{TEXT}\n")
    assert article.text.endswith(TEXT)
    assert omitted
    assert all(isinstance(item, Omitted) and "\n" not in item.what for item in omitted)


def test_a_block_without_fields_is_text(read: Read) -> None:
    article = only_article(read("a.md", f"---\nonly words\n---\n{TEXT}\n"))
    assert "only words" in article.text


@pytest.mark.parametrize(
    ("front", "title", "language"),
    [
        ("title: 2025\nlanguage: no", "2025", "no"),
        ("title: 1.10\nlang: en", "1.10", "en"),
        ("title: 2025-10-28", "2025-10-28", "en"),
        ("title: Storm: the day after", "Storm: the day after", "en"),
        ("title: yes", "yes", "en"),
        ("title: null\ndate: 2025-10-28", None, "en"),
    ],
)
def test_values_are_taken_as_written(
    read: Read, front: str, title: str | None, language: str
) -> None:
    article = read("a.md", f"---\n{front}\n---\n{TEXT}\n")[0]
    assert (article.title, article.language) == (title, language)


def test_toml_front_matter(read: Read) -> None:
    front = 'title = "Harbour"\ndate = 2025-10-28T10:00:00+08:00\nauthors = ["Ann Lee", "Bo Ek"]'
    article = only_article(read("a.md", f"+++\n{front}\n+++\n{TEXT}\n"))
    assert (article.title, article.author) == ("Harbour", "Ann Lee, Bo Ek")
    assert article.date == datetime.date(2025, 10, 28)
    assert article.text == f"Harbour\n\n{TEXT}"


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("It cost 10<sup>6</sup> kroner<br>on *Monday*.", "It cost 10^6 kroner\non Monday."),
        ("<table><tr><td>Tartu</td><td>97</td></tr></table>", "Tartu 97"),
        ("<div>\n10<sup>6</sup> &amp; more</div>", "10^6 & more"),
        ("`a<b>` <i>c</i> &lt;d&gt; &amp;amp;", "a<b> c <d> &amp;"),
        ("a <!-- c --><?x?> b", "a  b"),
        ("<!DOCTYPE html>\n\nb", "b"),
        ("<!-- c\nd -->\n\nb", "b"),
    ],
)
def test_html_in_markdown_keeps_its_words_apart(markdown: str, text: str) -> None:
    assert from_markdown(markdown)[0] == text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("3. Third\n4. Fourth", "3. Third|4. Fourth"),
        ("1. a\n1. b\n1. c", "1. a|2. b|3. c"),
        ("0) a\n1) b", "0) a|1) b"),
        ("1. a\n\n   more\n2. b", "1. a|more|2. b"),
        ("1. a\n   1. b\n   2. c\n2. d", "1. a|1. b|2. c|2. d"),
        ("1. a\n   - b\n   - c\n2. d", "1. a|b|c|2. d"),
        ("- a\n- b", "a|b"),
        ("> 7. *a*\n> 8. `b`", "7. a|8. b"),
        ("1.\n2. b", "2. b"),
    ],
)
def test_ordered_lists_keep_their_numbers(markdown: str, text: str) -> None:
    assert from_markdown(markdown)[0] == text.replace("|", "\n\n")
