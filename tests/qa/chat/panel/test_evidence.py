"""The article panel: which source it shows, and what it marks."""

from dataclasses import replace

import pytest

from index.article import Anchor, Location
from index.errors import ArchiveError
from qa.chat.panel.evidence import (
    MAX_AROUND,
    article_html,
    cited_article_html,
    error_html,
    evidence_html,
    find_source,
)
from qa.chat.turn import Reply, Source, respond
from tests.support.chats import ARTICLE, PAGE_12, SENTENCE, TEXT, FakeArchive, answer, citation
from tests.support.hostile import HOSTILE, REPLY_ATTRIBUTES, REPLY_TAGS, ParsedHtml

ANSWER = answer("Ann Lee", citation(SENTENCE))
ARCHIVE = FakeArchive(ANSWER)


def test_the_whole_article_is_shown_with_the_answer_marked() -> None:
    html = cited_article_html(ARCHIVE, [respond(ARCHIVE, "Who opened the bridge?")], "0-1")
    shown = ParsedHtml(html).text
    assert "[1] A headline" in shown
    assert "2025-01-02 · English · a.txt" in shown
    assert shown.endswith(TEXT)
    assert "<mark>The mayor&#44; <strong>Ann Lee</strong>&#44; opened" in html


@pytest.mark.parametrize("key", ["", "0", "0-0", "0-9", "1-1", "-1-1", "0-x", "<b>-1", "9" * 99])
def test_a_key_of_no_source_shows_nothing(key: str) -> None:
    replies = [respond(ARCHIVE, "Who?")]
    assert find_source(replies, key) is None
    assert cited_article_html(ARCHIVE, replies, key) == ""


def test_a_removed_article_is_an_error() -> None:
    with pytest.raises(ArchiveError, match="no article"):
        cited_article_html(FakeArchive(ANSWER, []), [respond(ARCHIVE, "Who?")], "0-1")


def test_in_a_changed_article_the_words_are_marked_where_they_now_stand() -> None:
    moved = replace(ARTICLE, text=f"New. {TEXT}")
    html = evidence_html(moved, ANSWER.citations[0], ANSWER, "en")
    assert "<mark>The mayor&#44; <strong>Ann Lee</strong>" in html
    rewritten = replace(ARTICLE, text="Other words.")
    html = evidence_html(rewritten, ANSWER.citations[0], ANSWER, "en")
    assert "<mark>" not in html
    assert ParsedHtml(html).text.endswith("Other words.")


def test_the_page_of_the_citation_is_named_and_linked() -> None:
    cited = replace(ANSWER.citations[0], location=PAGE_12)
    pdf = replace(ARTICLE, url="https://news.example/a.pdf", anchors=(Anchor(0, PAGE_12),))
    html = evidence_html(pdf, cited, ANSWER, "en")
    shown = ParsedHtml(html)
    assert "English · a.txt · page 12" in shown.text
    assert ("href", "https://news.example/a.pdf#page=12") in shown.attributes
    assert (
        "page"
        not in ParsedHtml(article_html(pdf, [], "en")).text.split(TEXT)[0].split("Original")[0]
    )


def test_in_a_changed_article_the_page_is_where_the_words_now_stand() -> None:
    anchors = (Anchor(0, PAGE_12), Anchor(20, Location(page=13)))
    moved = replace(ARTICLE, text=f"New. {TEXT}", anchors=anchors)
    html = evidence_html(moved, replace(ANSWER.citations[0], location=PAGE_12), ANSWER, "en")
    assert "page 13" in ParsedHtml(html).text


def test_a_very_long_article_is_cut_around_the_citation() -> None:
    long = replace(ARTICLE, text=f"{'a' * 10**6}{SENTENCE}{'b' * 10**6}")
    shown = ParsedHtml(evidence_html(long, citation(SENTENCE, long), None, "en")).text
    assert f"a{SENTENCE}b" in shown
    assert len(shown) < 2 * MAX_AROUND + 1000
    assert len(article_html(long, [], "zh")) < 2 * MAX_AROUND


def test_an_article_opened_from_the_table_has_nothing_marked() -> None:
    untitled = replace(ARTICLE, title=None, place="z.zip#a.txt")
    html = article_html(untitled, [], "en")
    assert "<mark>" not in html
    shown = ParsedHtml(html).text
    assert shown.startswith("×z.zip#a.txt2025-01-02 · English · z.zip#a.txt")
    assert "[" not in shown


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_articles_are_shown_literally(text: str) -> None:
    hostile = replace(ARTICLE, title=text, text=text, path=text, url=text, language=text)
    cited = replace(citation(SENTENCE), start=0, end=len(text), text=text, path=text, url=text)
    source = Source(cited, answer=replace(ANSWER, start=0, end=3))
    archive = FakeArchive(ANSWER, [replace(hostile, id=cited.article_id)])
    pages = (
        cited_article_html(archive, [Reply(text, "en", None, (source,))], "0-1"),
        article_html(hostile, [], "en"),
        error_html(ArchiveError(text)),
    )
    for html in pages:
        parsed = ParsedHtml(html)
        assert text in parsed.text
        assert set(parsed.tags) <= REPLY_TAGS | {"section", "header", "h2", "p"}
        assert parsed.attribute_names <= REPLY_ATTRIBUTES | {"tabindex"}


def test_a_candidate_that_was_not_confident_enough_is_marked_too() -> None:
    unsure = replace(ANSWER, answered=False)
    reply = Reply("Who?", "en", ANSWER, (Source(ANSWER.citations[0], answer=unsure),))
    html = cited_article_html(FakeArchive(ANSWER), [reply], "0-1")
    assert f"<strong>{ANSWER.text}</strong>" in html
