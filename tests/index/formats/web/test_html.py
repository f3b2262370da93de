"""Markdown and HTML become paragraphs; what a reader does not see goes, what he sees stays."""

import pytest

from index.formats.web.html import from_html, from_markdown


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


def test_a_line_of_dashes_in_an_article_is_no_front_matter() -> None:
    assert from_markdown("Text.\n\n---\n\na: b\n\n---\n")[0] == "Text.\n\na: b"


def test_html_comments_and_scripts_are_not_read() -> None:
    words = "The keeper counted nine ships before noon and wrote them into his book. " * 3
    page = f"<html><body><article><p>{words}</p><script>no()</script></article></body></html>"
    text, about = from_html(page)
    assert text.strip() == words.strip()
    assert about["date"] is None


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta property="article:published_time" content="2023-05-06T07:08:09Z">', "2023-05-06"),
        ('<meta name="DC.date" content="2023-05-06"/>', "2023-05-06"),
        (
            '<script type="application/ld+json">{"datePublished": "2023-05-06"}</script>',
            "2023-05-06",
        ),
        (
            '<time itemprop="datePublished" datetime="2023-05-06 07:08">a year ago</time>',
            "2023-05-06",
        ),
        (
            '<meta name="date" content="last May"><meta name="pubdate" content="2023-05-06">',
            "2023-05-06",
        ),
        ('<meta name="date"><time datetime="2023-05-06">some day it speaks of</time>', "None"),
        ('<script>var a = {"datePublished": "2023-05-06"}</script>', "None"),
        ("<!-- 2023-05-06 --><p>Published 2023-05-06</p>", "None"),
    ],
)
def test_dates_that_html_states_and_dates_that_it_only_mentions(head: str, date: str) -> None:
    words = "The keeper counted nine ships before noon and wrote them into his book. " * 3
    page = f"<html><head>{head}</head><body><article><p>{words}</p></article></body></html>"
    assert str(from_html(page)[1]["date"]) == date
