"""One turn of the chat, over a fake archive."""

from dataclasses import replace

import pytest

from qa import AnswerItem
from qa.chat.languages import reply_language
from qa.chat.turn import (
    MAX_CONTEXT,
    MAX_SOURCES,
    Reply,
    clean_message,
    failure_reply,
    respond,
    stream_replies,
)
from tests.support.chats import ARTICLE, SENTENCE, FakeArchive, answer, citation


def test_an_answer_comes_with_the_rest_of_its_paragraph() -> None:
    reply = respond(FakeArchive(answer("Ann Lee", citation(SENTENCE))), "Who opened the bridge?")
    assert reply.answer is not None
    assert reply.problem is None
    [source] = reply.sources
    assert source.before == "It rained. "
    assert source.after == " She left."


def test_a_headline_comes_with_the_paragraph_after_it() -> None:
    reply = respond(FakeArchive(answer("A headline", citation("A headline", kind="title"))), "?")
    assert reply.sources[0].before == ""
    assert reply.sources[0].after.endswith("She left.")


def test_a_headline_without_a_paragraph_stands_alone() -> None:
    alone = replace(ARTICLE, text="A headline")
    prepared = answer("A headline", citation("A headline", alone, kind="title"))
    assert respond(FakeArchive(prepared, [alone]), "?").sources[0].after == ""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_long_paragraph_is_cut_with_an_ellipsis(line_end: str) -> None:
    long = replace(ARTICLE, text=f"{'a' * 2000} {SENTENCE} {'b' * 2000}{line_end * 2}c")
    [source] = respond(FakeArchive(answer(None, citation(SENTENCE, long)), [long]), "?").sources
    assert source.before == "…" + "a" * (MAX_CONTEXT - 1) + " "
    assert source.after == " " + "b" * (MAX_CONTEXT - 1) + "…"


def test_a_citation_of_a_removed_article_is_shown_with_its_paragraph() -> None:
    reply = respond(FakeArchive(answer("Ann Lee", citation(SENTENCE)), []), "Who?")
    [source] = reply.sources
    shown = (source.before, source.citation.text, source.after)
    assert shown == ("It rained. ", SENTENCE, " She left.")


def test_a_citation_without_context_is_shown_alone() -> None:
    bare = replace(citation(SENTENCE), context=None)
    [source] = respond(FakeArchive(answer("Ann Lee", bare)), "Who?").sources
    assert (source.before, source.citation.text, source.after) == ("", SENTENCE, "")


def test_history_holds_earlier_answers_but_no_problems() -> None:
    archive = FakeArchive(answer("Ann Lee", citation(SENTENCE)))
    first = respond(archive, "Who?")
    second = respond(archive, "  ", [first])
    respond(archive, "When?", [first, second])
    assert archive.questions[-1] == ("When?", (first.answer,))


def test_a_refused_question_gets_a_reply_with_the_problem() -> None:
    reply = respond(FakeArchive(None), "  ")
    assert reply.answer is None
    assert reply.problem == "the question is empty: ask something"


def test_an_unexpected_error_gets_a_reply_without_details() -> None:
    assert failure_reply(" 谁？") == Reply("谁？", "zh")


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("谁会见了特朗普？", "zh"),
        ("Trump 在哪里？", "zh"),
        ("Who is 李在明?", "en"),
        ("誰が勝ちましたか", "ja"),
        ("Qui a gagné ?", "fr"),
        ("Qui a remporté l’élection présidentielle ?", "fr"),
        ("من فاز في الانتخابات الرئاسية هذا العام؟", "ar"),
        ("Кто победил на президентских выборах?", "en"),
        ("", "en"),
        ("?!", "en"),
        ("谁" * 100_000, "zh"),
    ],
)
def test_replies_are_in_the_language_of_the_question_if_the_page_knows_it(
    question: str, language: str
) -> None:
    assert reply_language(question) == language


def test_other_questions_are_replied_to_in_the_pages_language() -> None:
    assert reply_language("Tokyo", "de") == "de"
    assert failure_reply("?!", "ar") == Reply("?!", "ar")
    replies = stream_replies(FakeArchive(None), "Tokyo", page_language="es")
    assert {reply.language for reply in replies} == {"es"}


def test_lone_surrogates_in_a_message_become_question_marks() -> None:
    assert clean_message(" a\ud800b \n") == "a?b"


def test_a_reply_comes_in_stages() -> None:
    archive = FakeArchive(answer("Ann Lee", citation(SENTENCE)))
    empty, searched, finished = stream_replies(archive, "Who opened the bridge?")
    assert (empty.passages_found, empty.answer) == (0, None)
    assert (searched.passages_found, searched.titles_found) == (1, ("A headline",))
    assert searched.answer is None
    assert finished.answer is not None


def test_other_candidates_are_sources_too() -> None:
    other = answer("Monday", citation(SENTENCE), confidence=0.3)
    prepared = replace(answer("Ann Lee", citation(SENTENCE)), alternatives=(other,))
    sources = respond(FakeArchive(prepared), "Who?").sources
    assert [source.answer for source in sources] == [prepared, other]
    refused = respond(FakeArchive(answer(None, citation(SENTENCE))), "Who?").sources
    assert [source.answer for source in refused] == [None]


def test_a_search_filter_is_applied_and_a_wrong_one_is_a_problem() -> None:
    archive = FakeArchive(answer("Ann Lee", citation(SENTENCE)), [replace(ARTICLE, date=None)])
    *_, reply = stream_replies(archive, "Who?", after="2025-01-01", before="", language=None)
    assert str(reply.search_filter.after) == "2025-01-01"
    assert reply.undated == 1
    *_, reply = stream_replies(archive, "Who?", language="zh")
    assert reply.undated == 0
    *_, reply = stream_replies(archive, "Who?", after="May")
    assert reply.problem is not None
    assert "'after'" in reply.problem
    assert "'May'" in reply.problem


def test_only_likely_candidates_and_a_few_citations_become_sources() -> None:
    cited = citation(SENTENCE)
    unlikely = answer("Monday", cited, confidence=0.01)
    prepared = replace(answer("Ann Lee", *[cited] * 9), alternatives=(unlikely,))
    assert len(respond(FakeArchive(prepared), "Who?").sources) == MAX_SOURCES


def test_what_items_cite_are_sources_before_other_candidates() -> None:
    cited, other = citation(SENTENCE), answer("Monday", citation(SENTENCE), confidence=0.3)
    items = (AnswerItem("Ann Lee", 34, 41, (cited, citation("It rained."))),)
    prepared = replace(answer("Ann Lee", cited), items=items, alternatives=(other,))
    sources = respond(FakeArchive(prepared), "Who?").sources
    assert [source.answer for source in sources] == [prepared, None, other]
    assert sources[1].citation.text == "It rained."
