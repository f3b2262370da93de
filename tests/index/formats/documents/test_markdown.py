"""Markdown becomes paragraphs: what a reader sees, without the markup."""

import datetime

import pytest

from index.formats.documents.markdown import from_markdown
from tests.support.reading import Read, only_article, why_refused

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
        "title: " + "[" * 5000,
        "title: !!bool perhaps",
        "title: !!timestamp never",
        'title: "\\uD800"',
        "title: 7",
        "date: soon",
        "date: 2025-13-45",
        "a: b: c",
        "only words",
        "{a: &a [x, x], b: &b [*a, *a], c: &c [*b, *b], title: *c}",
    ],
)
def test_unusable_front_matter_is_refused_in_one_line(read: Read, front: str) -> None:
    reason = why_refused(read("a.md", f"---\n{front}\n---\n{TEXT}\n"))
    assert "its " in reason
    assert len(reason.splitlines()) == 1
    assert len(reason) < 300
