"""Web pages become paragraphs: what a reader sees, with the metadata that the page states."""

import datetime
import json

import pytest

from index.errors import UnreadableError
from index.formats.metadata import parse_date
from index.formats.web.html import from_fragment, from_html
from tests.support.reading import Read, only_article

TEXT = "The lighthouse keeper counted nine ships before noon and wrote them into his book."


def test_scripts_are_not_read() -> None:
    words = "The keeper counted nine ships before noon and wrote them into his book. " * 3
    page = f"<html><body><article><p>{words}</p><script>no()</script></article></body></html>"
    text, about = from_html(page)
    assert text.strip() == words.strip()
    assert about["date"] == ()


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
def test_the_date_comes_from_metadata_only(head: str, date: str) -> None:
    words = "The keeper counted nine ships before noon and wrote them into his book. " * 3
    page = f"<html><head>{head}</head><body><article><p>{words}</p></article></body></html>"
    assert str(parse_date(from_html(page)[1]["date"])) == date


HTML = """<html><head><title>Nine ships</title>{head}</head><body><article><h1>Nine ships</h1>
<p>On October 28, 2025, fog came down. Published 2024-03-04. {text}</p><p>{text} {text}</p>
</article></body></html>"""


def test_title_and_date_from_metadata(read: Read) -> None:
    metadata = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Nine ships"}
    metadata["datePublished"] = "2023-05-06T07:08:09Z"
    head = f'<script type="application/ld+json">{json.dumps(metadata)}</script>'
    article = only_article(read("a.html", HTML.format(head=head, text=TEXT)))
    assert article.date == datetime.date(2023, 5, 6)
    assert article.title == "Nine ships"
    assert article.text.count("Nine ships") == 1
    assert article.text.count(TEXT) == 3


def test_no_date_in_metadata_means_no_date(read: Read) -> None:
    article = only_article(read("a.htm", HTML.format(head="", text=TEXT)))
    assert "October 28, 2025" in article.text
    assert article.date is None


@pytest.mark.parametrize(
    "page", ["<html></html>", "<", "<div>" * 20_000, "plain words", "<p>&#xD800;&#0;</p>"]
)
def test_pages_without_an_article_never_raise(read: Read, page: str) -> None:
    assert len(read("a.html", page)) == 1


def test_a_page_without_main_text_is_refused() -> None:
    with pytest.raises(UnreadableError, match="no article text was found"):
        from_html("<html><body></body></html>")


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("<p>One</p><p>two</p>", "One\n\ntwo"),
        ("One<br>two", "One\ntwo"),
        ("<ul><li>One<li>two</ul>", "One\n\ntwo"),
        ("<p>One</p><script>no()</script><style>p{}</style><!-- no -->two", "One\n\ntwo"),
        ("plain & simple", "plain & simple"),
        ("a\0b", "ab"),
    ],
)
def test_fragments_keep_all_words(fragment: str, text: str) -> None:
    assert from_fragment(fragment) == text


WORDS = "The keeper counted nine ships before noon and wrote them into his book. " * 4


def test_a_page_is_read_in_the_encoding_that_it_states(read: Read) -> None:
    words = "Городские власти объявили в среду, что весной будут построены три моста. " * 3
    page = f"<html><head><meta charset=iso-8859-5></head><body><article><p>{words}</p></article>"
    assert words.strip() in only_article(read("a.html", page.encode("iso8859-5"))).text


def test_readings_above_characters_are_named(read: Read) -> None:
    page = f"<article><p><ruby>東京<rt>とうきょう</rt></ruby>に行く。{WORDS}</p></article>"
    article, omitted = read("a.html", f"<html><body>{page}</body></html>")
    assert "東京に行く。" in article.text
    assert omitted.what == "1 readings above characters (ruby) left out"


def test_a_date_that_is_not_understood_is_named(read: Read) -> None:
    head = '<meta name="date" content="31/13/2025">'
    article, omitted = read("a.html", HTML.format(head=head, text=TEXT))
    assert article.date is None
    assert "31/13/2025" in omitted.what


def test_a_list_of_links_is_refused(read: Read) -> None:
    rows = "".join(
        f"<p><a href='/{n}'>Article number {n} about nine ships and a lighthouse</a></p>"
        for n in range(30)
    )
    page = f"<html><body><main>{rows}</main></body></html>"
    [refused] = read("a.html", page)
    assert "list of links" in refused.why or "no article text" in refused.why
    assert only_article(read("b.html", page.replace("</main>", f"<p>{WORDS * 4}</p></main>")))


def test_numbers_of_lists_are_read_as_browsers_show_them(read: Read) -> None:
    items = "<li>Nine ships lie in the <a href=/h>harbour</a>.<li><p>The keeper counts them.</p>"
    lists = f"<ol start=4>{items}</ol><ul><li>He sleeps at noon.</ul>"
    page = f"<html><body><article><p>{WORDS}</p>{lists}<p>{WORDS}</p></article></body></html>"
    text = only_article(read("a.html", page)).text
    assert "\n\n4. Nine ships lie in the harbour.\n\n5. The keeper counts them.\n\n" in text
    assert "- He sleeps at noon." in text
    assert from_fragment("<ol><li>One<li>two</ol>") == "1. One\n\n2. two"


def test_numbers_of_lists_that_cannot_be_written_are_named(read: Read) -> None:
    items = "<ol style='list-style: hebrew'><li>Nine ships lie in the harbour.</ol>"
    page = f"<html><body><article><p>{WORDS}</p>{items}</article></body></html>"
    article, omitted = read("a.html", page)
    assert "Nine ships lie in the harbour." in article.text
    assert omitted.what == "1 list number left out"
