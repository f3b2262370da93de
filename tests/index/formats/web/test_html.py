"""Markdown and HTML become paragraphs; what a reader does not see goes, what he sees stays."""

import pytest

from index.formats.web.html import from_html


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
