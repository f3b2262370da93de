"""A turn of the chat, over a small fake archive."""

from dataclasses import replace

import pytest

from qa.chat.turn import AROUND, failure, language_of, readable, respond, responding
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


def test_a_headline_that_is_all_there_is() -> None:
    alone = replace(ARTICLE, text="A headline")
    given = answer("A headline", citation("A headline", alone, kind="title"))
    assert respond(FakeArchive(given, [alone]), "?").sources[0].after == ""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_long_paragraph_is_cut_and_says_so(line_end: str) -> None:
    long = replace(ARTICLE, text=f"{'a' * 2000} {SENTENCE} {'b' * 2000}{line_end * 2}c")
    [source] = respond(FakeArchive(answer(None, citation(SENTENCE, long)), [long]), "?").sources
    assert source.before == "…" + "a" * (AROUND - 1) + " "
    assert source.after == " " + "b" * (AROUND - 1) + "…"


def test_a_citation_of_an_article_taken_out_since_still_shows() -> None:
    reply = respond(FakeArchive(answer("Ann Lee", citation(SENTENCE)), []), "Who?")
    [source] = reply.sources
    assert (source.before, source.citation.text, source.after) == ("", SENTENCE, "")


def test_earlier_answers_are_passed_on_and_problems_are_not() -> None:
    archive = FakeArchive(answer("Ann Lee", citation(SENTENCE)))
    first = respond(archive, "Who?")
    second = respond(archive, "  ", [first])
    respond(archive, "When?", [first, second])
    assert archive.asked[-1] == ("When?", (first.answer,))


def test_a_question_that_is_refused_gives_a_reply() -> None:
    reply = respond(FakeArchive(None), "  ")
    assert reply.answer is None
    assert reply.problem == "the question is empty: ask something"


def test_a_breakdown_gives_a_reply_that_gives_nothing_away() -> None:
    reply = failure("谁？")
    assert (reply.question, reply.language, reply.answer, reply.problem) == (
        "谁？",
        "zh",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("谁会见了特朗普？", "zh"),
        ("Trump 在哪里？", "zh"),
        ("Who is 李在明?", "en"),
        ("誰が勝ちましたか", "en"),
        ("Qui a gagné ?", "en"),
        ("", "en"),
        ("?!", "en"),
        ("谁" * 100_000, "zh"),
    ],
)
def test_replies_are_chinese_to_chinese_else_english(question: str, language: str) -> None:
    assert language_of(question) == language


def test_half_characters_in_a_message_become_question_marks() -> None:
    assert readable(" a\ud800b \n") == "a?b"


def test_a_reply_comes_in_stages() -> None:
    archive = FakeArchive(answer("Ann Lee", citation(SENTENCE)))
    nothing, found, done = responding(archive, "Who opened the bridge?")
    assert (nothing.passages, nothing.answer) == (0, None)
    assert (found.passages, found.found, found.answer) == (1, ("A headline",), None)
    assert done.answer is not None


def test_other_candidates_are_sources_too() -> None:
    other = answer("Monday", citation(SENTENCE), confidence=0.3)
    given = replace(answer("Ann Lee", citation(SENTENCE)), alternatives=(other,))
    sources = respond(FakeArchive(given), "Who?").sources
    assert [source.answer for source in sources] == [given, other]
    refused = respond(FakeArchive(answer(None, citation(SENTENCE))), "Who?").sources
    assert [source.answer for source in refused] == [None]


def test_a_part_of_the_archive_is_asked_and_what_is_wrong_with_it_is_said() -> None:
    archive = FakeArchive(answer("Ann Lee", citation(SENTENCE)), [replace(ARTICLE, date=None)])
    *_, reply = responding(archive, "Who?", after="2025-01-01", before="", language=None)
    assert str(reply.only.after) == "2025-01-01"
    assert reply.undated == 1
    *_, reply = responding(archive, "Who?", language="zh")
    assert reply.undated == 0
    *_, reply = responding(archive, "Who?", after="May")
    assert reply.problem == "'after' must be a day like 2025-10-28, not 'May'"
