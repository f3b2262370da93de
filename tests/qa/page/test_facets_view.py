"""The handlers of the panel of names and days, called as Gradio calls them."""

from index.store.base.article_page import PageRequest
from index.store.base.search_filter import NO_FILTER, SearchFilter
from qa.chat.turn import Reply, respond
from qa.page.facets_view import list_names
from tests.support.gradio_pages import Page, event
from tests.support.hostile import ParsedHtml


def test_a_name_narrows_the_table_and_the_panel(chat_page: Page) -> None:
    narrow = chat_page.handler("narrow")
    request, table, panel = narrow(PageRequest(page=4), "", event(pressed="name=Oban"))
    assert request == PageRequest(only=SearchFilter.of(names="Oban"))
    assert "The ferry" in ParsedHtml(table).text
    assert "The bridge" not in ParsedHtml(table).text
    assert "Oban" in ParsedHtml(panel).text
    request, table, _ = narrow(request, "", event(pressed="drop=Oban"))
    assert request == PageRequest()
    assert "The bridge" in ParsedHtml(table).text


def test_what_cannot_be_leaves_the_table_as_it_is(chat_page: Page) -> None:
    narrow = chat_page.handler("narrow")
    request, table, panel = narrow(PageRequest(), "", event(pressed="name=%3Cb%3Enobody"))
    assert request == PageRequest()
    assert "value" not in table
    assert "<b>nobody" in ParsedHtml(panel).text


def test_names_are_looked_for(chat_page: Page) -> None:
    shown = ParsedHtml(list_names(chat_page.archive, NO_FILTER, "oba")).text
    assert "Oban" in shown
    assert "Oban" not in ParsedHtml(list_names(chat_page.archive, NO_FILTER, "x")).text
    assert "2025-10-28" in ParsedHtml(list_names(chat_page.archive, NO_FILTER, None)).text


def test_a_question_has_names_too(chat_page: Page) -> None:
    replies = [respond(chat_page.archive, "How many people did the ferry carry?"), Reply("", "en")]
    show = chat_page.handler("question_facets")
    assert "Oban" in ParsedHtml(show(replies, event(turn="0"))).text
    for turn in ("1", "2", "x", "-1"):
        assert "value" not in show(replies, event(turn=turn))


def test_a_name_narrows_the_search_of_the_chat(chat_page: Page) -> None:
    select = chat_page.handler("select_names")
    names, days, frame = select(["Oban"], {}, event(query="name=x&after=2025-01-01&before="))
    assert names.value == ["Oban", "x"]
    assert days == {"after": "2025-01-01", "before": ""}
    assert frame.open
    names, days, _ = select(["Oban"], {"after": "2025-01-01"}, event(query="name=x&replace=1"))
    assert (names.value, days) == (["x"], {"after": "", "before": ""})
    names, _, _ = select([], {}, event(query="after=nonsense"))
    assert "value" not in names
