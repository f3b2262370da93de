"""The handlers of the panel of names and days, called as Gradio calls them."""

import pytest

from index.store.base.article_page import PageRequest
from index.store.base.search_filter import NO_FILTER, SearchFilter
from qa.chat.turn import Reply, respond
from qa.page.facets_view import list_names
from tests.support.gradio_pages import Page, build_page, event
from tests.support.hostile import ParsedHtml

LINES = [
    {"id": "ferry", "title": "The ferry", "date": "2025-10-28", "language": "en",
     "text": "The ferry to Lyon carried 312 people on Monday."},
    {"id": "bridge", "title": "The bridge", "language": "en", "text": "The bridge cost 3 euros."},
]  # fmt: skip


@pytest.fixture(scope="module")
def lyon_page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """A page that these tests share and do not change."""
    return build_page(tmp_path_factory.mktemp("lyon"), lines=LINES)


def test_a_name_narrows_the_table_and_the_panel(lyon_page: Page) -> None:
    narrow = lyon_page.handler("narrow")
    request, table, panel = narrow(PageRequest(page=4), "", event(pressed="name=Lyon"))
    assert request == PageRequest(only=SearchFilter.of(names="Lyon"))
    assert "The ferry" in ParsedHtml(table).text
    assert "The bridge" not in ParsedHtml(table).text
    assert "Lyon" in ParsedHtml(panel).text
    request, table, _ = narrow(request, "", event(pressed="drop=Lyon"))
    assert request == PageRequest()
    assert "The bridge" in ParsedHtml(table).text


def test_what_cannot_be_leaves_the_table_as_it_is(lyon_page: Page) -> None:
    narrow = lyon_page.handler("narrow")
    request, table, panel = narrow(PageRequest(), "", event(pressed="name=%3Cb%3Enobody"))
    assert request == PageRequest()
    assert "value" not in table
    assert "<b>nobody" in ParsedHtml(panel).text


def test_names_are_looked_for(lyon_page: Page) -> None:
    shown = ParsedHtml(list_names(lyon_page.archive, NO_FILTER, "lyo")).text
    assert "Lyon" in shown
    assert "Lyon" not in ParsedHtml(list_names(lyon_page.archive, NO_FILTER, "x")).text
    assert "2025-10-28" in ParsedHtml(list_names(lyon_page.archive, NO_FILTER, None)).text


def test_a_question_has_names_too(lyon_page: Page) -> None:
    replies = [respond(lyon_page.archive, "How many people did the ferry carry?"), Reply("", "en")]
    show = lyon_page.handler("question_facets")
    assert "Lyon" in ParsedHtml(show(replies, event(turn="0"))).text
    for turn in ("1", "2", "x", "-1", "²", "9" * 5000):
        assert "value" not in show(replies, event(turn=turn))


def test_a_name_narrows_the_search_of_the_chat(lyon_page: Page) -> None:
    select = lyon_page.handler("select_names")
    names, days, frame = select(["Lyon"], {}, event(query="name=x&after=2025-01-01&before="))
    assert names.value == ["Lyon", "x"]
    assert days == {"after": "2025-01-01", "before": ""}
    assert frame.open
    names, days, _ = select(["Lyon"], {"after": "2025-01-01"}, event(query="name=x&replace=1"))
    assert (names.value, days) == (["x"], {"after": "", "before": ""})
    names, _, _ = select([], {}, event(query="after=nonsense"))
    assert "value" not in names
