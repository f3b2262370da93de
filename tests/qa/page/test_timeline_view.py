"""The timeline beside the conversation: its event handler, called as Gradio calls it."""

from pathlib import Path

import pytest

from qa import Archive
from tests.support.fakes import FakeReader
from tests.support.gradio_pages import Page, browser, build_page, event
from tests.support.hostile import ParsedHtml

# Gradio's own, of pandas, when it writes the points of a plot
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

QUESTION = "How many people did the flood kill?"
LINES = [
    {"id": f"a{day}", "date": f"2025-03-0{day}", "text": f"The flood killed {dead} people."}
    for day, dead in ((1, 12), (4, 15))
]


@pytest.fixture
def floods(tmp_path: Path) -> Page:
    return build_page(tmp_path, lines=LINES, reader=FakeReader("12", "15", alone=True))


def test_it_shows_a_table_and_the_points_of_a_plot(floods: Page) -> None:
    *_, update = floods.handler("ask")(QUESTION, [], browser(), {}, "", "")
    replies = update[1]
    assert "Over time" in update[0][-1]["content"]
    before, (html, plot) = floods.handler("over_time")(replies, event(turn="0"))
    assert before[0] == "", "the last question's is cleared first"
    shown = ParsedHtml(html).text
    assert shown.index("2025-03-01") < shown.index("2025-03-04")
    assert shown.index("15") < shown.index("latest")
    assert plot.visible


def test_an_unknown_turn_shows_nothing(floods: Page) -> None:
    for turn in ("7", "x", ""):
        *_, (html, plot) = floods.handler("over_time")([], event(turn=turn))
        assert html == ""
        assert not plot.visible


def test_an_error_is_shown_in_its_place(floods: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    *_, update = floods.handler("ask")(QUESTION, [], browser(), {"after": "2025-03-01"}, "", "")
    *_, (html, _) = floods.handler("over_time")(update[1], event(turn="0"))
    assert "12" in html
    monkeypatch.setattr(
        Archive, "timeline", lambda *_, **__: floods.archive.article("no such article")
    )
    *_, (html, plot) = floods.handler("over_time")(update[1], event(turn="0"))
    assert "no such article" in ParsedHtml(html).text
    assert not plot.visible
