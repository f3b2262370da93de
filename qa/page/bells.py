"""The bell under an answer, the line on news, and the list of standing questions, in Gradio."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from index.errors import ArchiveError
from qa.chat.page_frame import standing_line_html
from qa.chat.panel.standing_panel import standing_html
from qa.chat.turn import Reply
from qa.server.identity.visitor import Visitor
from qa.standing.shared import SharedList, View

from .visiting import browser_language, standing_of, visitor

PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
EVERY = 30.0  # seconds between two looks for news while a page is open


def standing_line(standing: SharedList | None) -> gr.HTML:
    """Lay out the line that opens the list; it is drawn anew when the page is loaded."""
    shown = gr.HTML(elem_id="standing-line", apply_default_css=False)
    if standing is not None:

        def line(browser: gr.Request) -> str:
            return line_html(standing, language=browser_language(browser))

        gr.on(None, line, None, shown, queue=False, **PRIVATE)
        timer = gr.Timer(EVERY)
        timer.tick(line, None, shown, queue=False, **PRIVATE)
    return shown


def wire_bells(
    standing: SharedList | None, replies: gr.State, panel: gr.HTML, line: gr.HTML
) -> None:
    """Connect bells with the list, and show the list in `panel`."""
    if standing is None:
        return

    def bell(
        replies: Sequence[Reply], event: gr.EventData, browser: gr.Request
    ) -> tuple[list[Reply], str]:
        own = standing_of(standing, browser)
        rung, problem = ring(own, replies, str(event.turn), bool(event.wanted), visitor(browser))
        return rung, line_html(own, problem, browser_language(browser))

    def show_standing(browser: gr.Request) -> tuple[str, str]:
        own = standing_of(standing, browser)
        view, problem = _view(own)
        try:
            own.mark_read(view)
        except ArchiveError as error:
            problem = str(error)
        return _list_and_line(own, view, problem, browser_language(browser))

    def forget_standing(
        replies: Sequence[Reply], event: gr.EventData, browser: gr.Request
    ) -> tuple[list[Reply], str, str]:
        own = standing_of(standing, browser)
        number, problem = str(event.question), ""
        try:
            if number.isdecimal() and len(number) < 18:
                _forget(own, int(number), visitor(browser))
        except ArchiveError as error:
            problem = str(error)
        view, unreadable = _view(own)
        shown = _list_and_line(own, view, problem or unreadable, browser_language(browser))
        return [with_bell(own, one) for one in replies], *shown

    panel.bell(bell, replies, [replies, line], queue=False, trigger_mode="multiple", **PRIVATE)
    panel.standing(show_standing, None, [panel, line], queue=False, **PRIVATE)
    panel.forget_standing(forget_standing, replies, [replies, panel, line], queue=False, **PRIVATE)


def _list_and_line(
    standing: SharedList, view: View, problem: str, language: str
) -> tuple[str, str]:
    panel = standing_html(view, language, changeable=standing.changeable)
    return panel, line_html(standing, problem, language)


def _view(standing: SharedList) -> tuple[View, str]:
    """Return what the list shows, and why it cannot be read, if so."""
    try:
        return standing.view(), ""
    except ArchiveError as error:
        return View(), str(error)


def with_bell(standing: SharedList | None, reply: Reply) -> Reply:
    """Return a reply with the state of its bell; one without an answer of today has none."""
    answer = reply.answer
    changeable = standing is not None and standing.changeable and not reply.earlier
    if standing is None or not changeable or answer is None or reply.search_filter.names:
        return reply
    try:
        question = answer.understood or answer.question
        return replace(reply, stands=standing.stands(question, reply.search_filter))
    except ArchiveError:  # the list cannot be read: the line says so
        return reply


def ring(
    standing: SharedList,
    replies: Sequence[Reply],
    turn: str,
    wanted: bool,
    sender: Visitor | None = None,
) -> tuple[list[Reply], str]:
    """Add or remove the question of a reply; return the replies, and what went wrong, if so.

    It is noted that `sender` did so.
    """
    rung, problem = list(replies), ""
    if turn.isdecimal() and len(turn) < 5 and int(turn) < len(rung):
        reply = rung[int(turn)]
        if reply.answer is not None:
            try:
                stands = standing.toggle(reply.answer, reply.search_filter, wanted)
                rung[int(turn)] = replace(reply, stands=stands)
                (sender or Visitor()).note("watched" if wanted else "unwatched", by="page")
            except ArchiveError as error:
                problem = str(error)
    return rung, problem


def _forget(standing: SharedList, identity: int, sender: Visitor) -> None:
    if standing.remove(identity):
        sender.note("unwatched", by="page")


def line_html(standing: SharedList, problem: str = "", language: str = "en") -> str:
    """Return the line on standing questions and their news."""
    try:
        count, news = standing.counts()
    except ArchiveError as error:
        return standing_line_html(0, 0, str(error), language)
    return standing_line_html(count, news, problem, language)
