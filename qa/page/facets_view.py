"""The panel of names and days in Gradio: beside the table of articles, and beside the chat."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import ArchiveError
from index.store.base.article_page import PageRequest
from index.store.base.search_filter import SearchFilter
from qa.archive import Archive
from qa.chat.article_table import table_html
from qa.chat.panel.evidence import error_html
from qa.chat.panel.facets_panel import (
    facets_error_html,
    facets_html,
    opened,
    pressed,
    wanted_for,
)
from qa.chat.turn import Reply
from qa.facets.facets import FacetKind

from .chat_components import FOCUS
from .filter_fields import FilterFields
from .visiting import browser_language, visitor

FACETS_JS = Path(__file__).with_name("facets.js").read_text(encoding="utf-8")
MAX_WORDS = 100  # characters to look for in names
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def facets_column(i18n: gr.I18n, *, visible: bool) -> tuple[gr.Textbox, gr.HTML]:
    """Lay out the panel of the archive tab: a field to find names, and the lists."""
    with gr.Column(elem_id="facets-column", min_width=0, scale=0, visible=visible):
        words = gr.Textbox(
            placeholder=i18n("facet-find"), label=i18n("facet-find"), show_label=False,
            container=False, elem_id="find-name", max_lines=1, max_length=MAX_WORDS,
        )  # fmt: skip
        panel = gr.HTML(elem_id="facets", js_on_load=FACETS_JS, apply_default_css=False)
    return words, panel


def wire_facets(
    archive: Archive, request: gr.State, words: gr.Textbox, panel: gr.HTML, table: gr.HTML
) -> None:
    """Narrow the table by what is pressed, and list the names that contain what is typed."""

    def narrow(
        request: PageRequest, words: str, event: gr.EventData, browser: gr.Request
    ) -> tuple[Any, ...]:
        query, only, language = str(event.pressed), request.only, browser_language(browser)
        try:
            only = pressed(only, query)
            shown = replace(request, only=only, page=0) if query else request
            rows = table_html(archive.listing(shown), shown, language=language)
        except ArchiveError as error:
            return request, gr.skip(), facets_error_html(error, only, language)
        return (
            shown,
            rows if only != request.only else gr.skip(),
            list_names(archive, only, words, opened(query), language),
        )

    def find_names(words: str, request: PageRequest, browser: gr.Request) -> str:
        return list_names(archive, request.only, words, language=browser_language(browser))

    panel.click(narrow, [request, words], [request, table, panel], **QUIET)
    words.change(find_names, [words, request], panel, **QUIET)
    gr.on(None, find_names, [words, request], panel, **QUIET)  # when the page is loaded


def list_names(
    archive: Archive,
    only: SearchFilter,
    words: str | None = "",
    opened: FacetKind | None = None,
    language: str = "en",
) -> str:
    """Return the panel of the archive tab, with the names that are known by now."""
    wanted = wanted_for((words or "")[:MAX_WORDS], opened)
    try:
        facets = archive.facets_of(archive.names.table_so_far(), only, wanted=wanted)
    except ArchiveError as error:
        return facets_error_html(error, only, language)
    return facets_html(facets, only, opened, language=language)


def wire_question_facets(
    archive: Archive, panel: gr.HTML, replies: gr.State, fields: FilterFields
) -> None:
    """Show beside the chat what the articles found for a question name, and narrow the search."""

    def question_facets(shown: Sequence[Reply], event: gr.EventData, browser: gr.Request) -> Any:
        turn = str(event.turn)
        reply = _at(shown, turn)
        if reply is None or reply.answer is None:
            return gr.skip()
        language = browser_language(browser)
        question = reply.answer.understood or reply.question
        visitor(browser).note("asked", by="facets")
        try:
            asked = archive.earlier() if reply.earlier else archive
            facets = asked.facets_of(
                asked.names.table_so_far(), reply.search_filter, question, wanted_for("", None)
            )
        except ArchiveError as error:
            return error_html(error, language)
        return facets_html(facets, reply.search_filter, None, question, language)

    panel.facets(question_facets, replies, panel, **QUIET)
    panel.narrow_names(
        fields.select_names,
        [fields.names, fields.days],
        [fields.names, fields.days, fields.frame],
        **QUIET,
    ).then(None, js=FOCUS, api_visibility="private")


def _at(shown: Sequence[Reply], turn: str) -> Reply | None:
    """Return the reply of a turn as a browser names it, None if there is none."""
    known = turn.isdecimal() and len(turn) < 5 and int(turn) < len(shown)
    return shown[int(turn)] if known else None
