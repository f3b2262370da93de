"""The chat tab's event handlers, called as Gradio calls them."""

import json
import logging
from functools import partial

import gradio as gr
import pytest

import index
from index.errors import ArchiveError
from qa.chat.turn import Reply
from qa.page.chat_tab import MAX_TURNS
from tests.support.fakes import FakeEncoder
from tests.support.gradio_pages import Page, browser, event
from tests.support.hostile import ParsedHtml

NO_FILTER: tuple[object, ...] = ({}, "", "", "", [], False)
FERRY = "How many people did the ferry carry?"


def ask(page: Page, question: str, replies: list[Reply], *values: object) -> list[Reply]:
    """Ask a question; return the replies afterwards."""
    *_, update = page.handler("ask")(question, replies, browser(), *(values or NO_FILTER))
    return list(update[1])


def test_the_start_page_offers_example_questions(chat_page: Page) -> None:
    shown = ParsedHtml(chat_page.component("start").value).text
    assert "What would you like to know?" in shown
    assert "What about “The ferry”?" in shown


def test_gradio_reads_no_markup_in_replies(chat_page: Page) -> None:
    chatbot = chat_page.component("conversation")
    assert chatbot.sanitize_html
    assert chatbot.latex_delimiters == []
    assert chatbot.allow_tags is False


def test_an_answer_arrives_in_stages(chat_page: Page) -> None:
    *stages, last = chat_page.handler("ask")(FERRY, [], browser(), *NO_FILTER)
    assert [ParsedHtml(stage[0][-1]["content"]).text[:10] for stage in stages] == [
        "Looking in", "2 passages",
    ]  # fmt: skip
    conversation, [reply], *_, panel = last
    assert reply.answer.text == "312 people"
    assert "<strong>312 people</strong>" in conversation[-1]["content"]
    assert "<strong>312 people</strong>" in panel
    emptied, *later = [update[2] for update in (*stages, last)]
    assert emptied == ""
    assert all(box == gr.skip() for box in later), "what is typed meanwhile stays"


def test_the_filter_limits_the_search(chat_page: Page) -> None:
    [reply] = ask(chat_page, FERRY, [], {}, "", "bridge")
    assert reply.answer is not None
    assert {cited.article_id for cited in reply.answer.citations} == {"bridge"}
    [reply] = ask(chat_page, FERRY, [], {"after": "unfinished"}, "", "")
    assert reply.problem is not None
    assert "unfinished" in reply.problem


def test_earlier_texts_are_asked_cited_and_opened(own_page: Page) -> None:
    build = partial(index.build, own_page.seeds, own_page.archive.where, encoder=FakeEncoder())
    build(versions="keep")
    file = own_page.seeds / "all.jsonl"
    file.write_text(file.read_text().replace("312 people", "450 people"))
    build()
    *_, update = own_page.handler("ask")(FERRY, [], browser(), {}, "", "", "", [], True)
    (reply,), panel = update[1], update[-1]
    assert (reply.answer.text, reply.earlier, reply.stands) == ("312 people", True, None)
    assert "Only: earlier versions of articles." in ParsedHtml(update[0][-1]["content"]).text
    assert "This is what the article said before it changed." in ParsedHtml(panel).text
    assert 'class="qa-act qa-narrow" value="ferry"' in panel
    [named] = ask(own_page, FERRY, [], {}, "", "", "", ["2025-10-28"], True)
    assert (named.answer and named.answer.text) == "312 people"
    shown = own_page.handler("question_facets")([named], event(turn="0"))
    assert "2025-10-28" in ParsedHtml(shown).text
    [unknown] = ask(own_page, FERRY, [], {}, "", "", "", ["Nobody"], True)
    assert "no article names 'Nobody'" in str(unknown.problem)
    [problem] = ask(own_page, FERRY, [], {}, "", "ferry", "", [], True)
    assert problem.problem is not None
    assert "choose no single article" in problem.problem
    build(versions="note")
    [problem] = ask(own_page, FERRY, [], {}, "", "", "", [], True)
    assert "keeps no earlier texts" in str(problem.problem)
    assert "keeps no earlier texts" in own_page.handler("cite")([reply], event(place="0-1"))


def test_an_example_is_asked_like_a_typed_question(chat_page: Page) -> None:
    handler = chat_page.handler("ask_example")
    *_, update = handler([], browser(), event(question=FERRY), *NO_FILTER)
    assert update[1][0].question == FERRY


def test_the_last_question_can_be_asked_again_as_typed(chat_page: Page) -> None:
    replies = ask(chat_page, "And the bridge?", ask(chat_page, FERRY, []))
    *_, update = chat_page.handler("ask_as_typed")(replies, browser(), *NO_FILTER)
    assert [reply.question for reply in update[1]] == [FERRY, "And the bridge?"]
    assert update[1][1].answer.understood is None
    assert list(chat_page.handler("ask_as_typed")([], browser(), *NO_FILTER)) == []


def test_a_rewritten_question_can_be_edited(chat_page: Page) -> None:
    replies = ask(chat_page, FERRY, [])
    edit = chat_page.handler("edit_question")
    assert (edit(replies), edit([])) == ("", "")


def test_a_failure_is_logged_and_the_page_goes_on(
    chat_page: Page, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> object:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(type(chat_page.archive), "stages", broken)
    with caplog.at_level(logging.ERROR):
        *_, update = chat_page.handler("ask")(FERRY, [], browser(), *NO_FILTER)
    assert "Something went wrong" in update[0][-1]["content"]
    assert "secret" not in str(update)
    assert "secret detail" in caplog.text


def test_a_long_conversation_drops_its_oldest_turns(chat_page: Page) -> None:
    earlier = [Reply(f"{n}?", "en") for n in range(MAX_TURNS)]
    replies = ask(chat_page, " ", earlier)
    assert len(replies) == MAX_TURNS
    assert replies[0].question == "1?"


def test_a_citation_opens_its_article(chat_page: Page) -> None:
    replies = ask(chat_page, FERRY, [])
    cite = chat_page.handler("cite")
    assert "<mark>" in cite(replies, event(place="0-1"))
    assert cite(replies, event(place="7-1")) == ""


@pytest.mark.parametrize("name", ["cite", "judge"])
def test_a_second_click_is_not_passed_over(chat_page: Page, name: str) -> None:
    [event] = [fn for fn in chat_page.blocks.fns.values() if fn.name == name]
    assert event.trigger_mode == "multiple"


def test_the_article_of_a_citation_may_be_gone(
    chat_page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    replies = ask(chat_page, FERRY, [])

    def removed(self: object, id: str) -> object:
        raise ArchiveError(f"no article <{id}>")

    monkeypatch.setattr(type(chat_page.archive), "article", removed)
    panel = ParsedHtml(chat_page.handler("cite")(replies, event(place="0-1")))
    assert panel.text == "no article <ferry>"
    assert panel.tags == ["section"]


def test_a_new_conversation_is_empty(chat_page: Page) -> None:
    conversation, replies, question_box, *_, panel = chat_page.handler("restart")()
    assert (conversation, replies, question_box, panel) == ([], [], "", "")


def test_a_conversation_is_exported(chat_page: Page) -> None:
    replies = ask(chat_page, FERRY, [])
    assert "**312 people**" in chat_page.handler("as_markdown")(replies)
    exported = json.loads(chat_page.handler("as_json")(replies))
    assert exported["conversation"][0]["question"] == FERRY
