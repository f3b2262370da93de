"""The panel beside the conversation: which source is shown, and where it is marked."""

from dataclasses import replace

import pytest

from index.errors import ArchiveError
from qa.chat.evidence import SHOWN, article_html, cited, evidence_html, shown_html
from qa.chat.turn import Reply, Source, respond
from tests.support.chats import ARTICLE, SENTENCE, TEXT, FakeArchive, answer, citation
from tests.support.hostile import ATTRIBUTES, HOSTILE, TAGS, Seen

ANSWER = answer("Ann Lee", citation(SENTENCE))
ARCHIVE = FakeArchive(ANSWER)


def test_the_whole_article_is_shown_with_the_answer_marked() -> None:
    shown = shown_html(ARCHIVE, [respond(ARCHIVE, "Who opened the bridge?")], "0-1")
    seen = Seen(shown)
    assert "[1] A headline" in seen.text
    assert "2025-01-02 · English · a.txt" in seen.text
    assert seen.text.endswith(TEXT)
    assert "<mark>The mayor&#44; <strong>Ann Lee</strong>&#44; opened" in shown


@pytest.mark.parametrize("place", ["", "0", "0-0", "0-9", "1-1", "-1-1", "0-x", "<b>-1", "9" * 99])
def test_a_place_that_is_not_there_shows_nothing(place: str) -> None:
    replies = [respond(ARCHIVE, "Who?")]
    assert cited(replies, place) is None
    assert shown_html(ARCHIVE, replies, place) == ""


def test_an_article_that_is_gone_is_an_error() -> None:
    with pytest.raises(ArchiveError, match="no article"):
        shown_html(FakeArchive(ANSWER, []), [respond(ARCHIVE, "Who?")], "0-1")


def test_an_article_that_changed_is_marked_where_the_words_stand_now() -> None:
    moved = replace(ARTICLE, text=f"New. {TEXT}")
    shown = evidence_html(moved, ANSWER.citations[0], ANSWER, "en")
    assert "<mark>The mayor&#44; <strong>Ann Lee</strong>" in shown
    gone = evidence_html(replace(ARTICLE, text="Other words."), ANSWER.citations[0], ANSWER, "en")
    assert "<mark>" not in gone
    assert Seen(gone).text.endswith("Other words.")


def test_a_very_long_article_is_cut_around_what_is_cited() -> None:
    long = replace(ARTICLE, text=f"{'a' * 10**6}{SENTENCE}{'b' * 10**6}")
    shown = evidence_html(long, citation(SENTENCE, long), None, "en")
    assert SENTENCE in Seen(shown).text
    assert len(Seen(shown).text) < 2 * SHOWN + 1000
    assert len(article_html(long, "zh")) < 2 * SHOWN


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_articles_are_shown_as_text(words: str) -> None:
    hostile = replace(ARTICLE, title=words, text=words, path=words, url=words, language=words)
    at = replace(citation(SENTENCE), start=0, end=len(words), text=words, path=words, url=words)
    reply = Reply(words, "en", None, (Source(at, answer=replace(ANSWER, start=0, end=3)),))
    archive = FakeArchive(ANSWER, [replace(hostile, id=at.article_id)])
    for shown in (shown_html(archive, [reply], "0-1"), article_html(hostile, "en")):
        seen = Seen(shown)
        assert words in seen.text
        assert set(seen.tags) <= TAGS | {"section", "header", "h2", "p"}
        assert {name for name, _ in seen.attributes} <= ATTRIBUTES | {"tabindex"}


def test_a_candidate_that_is_not_sure_enough_is_marked_too() -> None:
    unsure = replace(ANSWER, answered=False)
    reply = Reply("Who?", "en", ANSWER, (Source(ANSWER.citations[0], answer=unsure),))
    assert f"<strong>{ANSWER.text}</strong>" in shown_html(FakeArchive(ANSWER), [reply], "0-1")
