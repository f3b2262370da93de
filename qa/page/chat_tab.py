"""The chat tab in Gradio: question box, conversation, filter, export, the article beside them.

What is shown is decided in `qa/chat`; this file lays components out and connects their events.
"""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import ArchiveError
from qa.archive import Archive
from qa.chat.examples import examples
from qa.chat.export import as_json, as_markdown
from qa.chat.page_frame import start_html
from qa.chat.panel.evidence import cited_article_html, error_html
from qa.chat.reply import messages
from qa.chat.turn import Reply, failure_reply, stream_replies
from qa.standing.shared import SharedList

from .bells import standing_line, wire_bells, with_bell
from .chat_components import CHATBOT, FOCUS, ChatComponents, question_box
from .facets_view import wire_question_facets
from .filter_fields import FilterFields, chosen, filter_fields
from .permalinks import wire_permalinks
from .sources import SOURCE_JS, wire_sources
from .timeline_view import add_timeline
from .verdicts import notices, wire_verdicts
from .visiting import asking, browser_language

MAX_TURNS = 100  # of a conversation; older ones are dropped
CHAT_JS = Path(__file__).with_name("chat.js").read_text(encoding="utf-8")
SCROLL_TO_QUESTION = """() => requestAnimationFrame(() => {
    // a timeline is of an earlier question
    document.getElementById("chat-panes").classList.remove("qa-timeline-shown");
    const questions = document.querySelectorAll("#conversation .user-row");
    questions[questions.length - 1]?.scrollIntoView({block: "start"});
    for (const bell of document.querySelectorAll(".qa-bell")) {  // Gradio's sanitizer drops states
        bell.setAttribute("aria-pressed", String(bell.classList.contains("qa-chosen")));
    }
})"""
DOWNLOAD_JS = Path(__file__).with_name("download.js").read_text(encoding="utf-8")
PRIVATE: dict[str, Any] = {"api_visibility": "private"}
QUIET: dict[str, Any] = {**PRIVATE, "show_progress": "hidden"}


def chat_tab(archive: Archive, i18n: gr.I18n, standing: SharedList | None = None) -> None:
    """Lay out the conversation and wire it, inside an open `gr.Blocks`."""
    replies = gr.State([])
    with gr.Row(elem_id="chat-panes"):
        with gr.Column(scale=3, elem_id="chat-column", min_width=300):
            start = gr.HTML(
                start_html(examples(archive.articles())), elem_id="start", apply_default_css=False
            )
            conversation = gr.Chatbot(elem_id="conversation", **CHATBOT)
            box = question_box(i18n)
            with gr.Column(elem_id="below-question"):
                search_filter = filter_fields(archive, i18n)
                notices(archive)
                line = standing_line(standing)
                with gr.Row(elem_id="actions", visible=False) as actions:
                    buttons = [
                        gr.Button(i18n(name), size="sm", elem_id=name)
                        for name in ("again", "markdown", "json")
                    ]
        panel = gr.HTML(elem_id="evidence", js_on_load=CHAT_JS + SOURCE_JS, apply_default_css=False)
        add_timeline(archive, panel, replies)
    parts = ChatComponents(conversation, replies, box, start, actions, panel)
    _wire_questions(archive, parts, search_filter, standing)
    _wire_conversation(archive, parts)
    _wire_actions(parts, *buttons)
    wire_verdicts(archive, replies, panel)
    wire_permalinks(archive, panel)
    wire_sources(archive, panel, browser_language)
    wire_bells(standing, replies, panel, line)
    panel.narrow(
        search_filter.select_article, None, [search_filter.article, search_filter.frame], **QUIET
    ).then(None, js=FOCUS, **PRIVATE)
    wire_question_facets(archive, panel, replies, search_filter)
    panel.narrow_language(
        search_filter.select_language, None, [search_filter.language, search_filter.frame], **QUIET
    ).then(None, js=FOCUS, **PRIVATE)
    panel.narrow_archive(
        search_filter.select_archive, None, [search_filter.archive, search_filter.frame], **QUIET
    ).then(None, js=FOCUS, **PRIVATE)


def _stream_answer(
    archive: Archive,
    message: str,
    history: list[Reply],
    shown: list[Reply],
    filters: dict[str, Any],
    standing: SharedList | None = None,
) -> Iterator[tuple[Any, ...]]:
    """Yield updates of `ChatComponents.outputs()` while `message` is answered, and at the end.

    Args:
        archive: Answers the question.
        message: What the user asked.
        history: The replies that a follow-up question may refer to.
        shown: The replies that stay on the page above this one.
        filters: What was chosen in the fields below the question, and the page's language.
        standing: The standing questions, to put a bell under the answer.
    """
    started = gr.HTML(visible=False), gr.Row(visible=True)  # start, actions
    box: Any = ""  # is emptied once: the next question may be typed meanwhile
    failed = failure_reply(message, filters.get("page_language", "en"))
    reply, judged = failed, archive.log is not None
    try:
        for reply in stream_replies(archive, message, history, **filters):
            if reply.answer is None and reply.problem is None:
                yield messages(shown, reply, judged=judged), shown, box, *started, gr.skip()
                box = gr.skip()
    except Exception:  # the page keeps working; the details go to the terminal
        logging.exception("a question could not be answered")
        reply = failed
    replies = [*shown, with_bell(standing, reply)][-MAX_TURNS:]
    panel = _panel(archive, replies, f"{len(replies) - 1}-1")
    yield messages(replies, judged=judged), replies, box, *started, panel


def _panel(archive: Archive, replies: list[Reply], key: str) -> str:
    try:
        return cited_article_html(archive, replies, key)
    except ArchiveError as error:
        return error_html(error, replies[-1].language if replies else "en")


def _wire_questions(
    archive: Archive,
    parts: ChatComponents,
    search_filter: FilterFields,
    standing: SharedList | None,
) -> None:
    """Answer a typed question, an example, or the last question once more exactly as typed."""

    def ask(
        message: str, replies: list[Reply], browser: gr.Request, *values: Any
    ) -> Iterator[tuple[Any, ...]]:
        own, filters = asking(standing, browser, message), chosen(browser, *values)
        yield from _stream_answer(archive, message, replies, replies, filters, own)

    def ask_example(
        replies: list[Reply], browser: gr.Request, event: gr.EventData, *values: Any
    ) -> Iterator[tuple[Any, ...]]:
        yield from ask(str(event.question), replies, browser, *values)

    def ask_as_typed(
        replies: list[Reply], browser: gr.Request, *values: Any
    ) -> Iterator[tuple[Any, ...]]:
        if replies:
            *earlier, last = replies
            own = asking(standing, browser, last.question)
            filters = chosen(browser, *values)
            yield from _stream_answer(archive, last.question, [], earlier, filters, own)

    def edit_question(replies: list[Reply]) -> str:
        answer = replies[-1].answer if replies else None
        return (answer and answer.understood) or ""

    inputs, outputs = [parts.replies, *search_filter.inputs()], parts.outputs()
    parts.question_box.submit(ask, [parts.question_box, *inputs], outputs, **QUIET)
    parts.panel.ask_example(ask_example, inputs, outputs, **QUIET)
    parts.panel.ask_as_typed(ask_as_typed, inputs, outputs, **QUIET)
    parts.panel.edit_question(
        edit_question, parts.replies, parts.question_box, queue=False, **QUIET
    ).then(None, js=FOCUS, **PRIVATE)


def _wire_conversation(archive: Archive, parts: ChatComponents) -> None:
    """Scroll to each new reply, and show the article of a citation that is clicked."""

    def cite(replies: list[Reply], event: gr.EventData) -> str:
        return _panel(archive, replies, str(event.place))

    parts.conversation.change(None, js=SCROLL_TO_QUESTION, **PRIVATE)
    # "multiple": else Gradio passes over a citation while the one before is fetched
    parts.panel.cite(cite, parts.replies, parts.panel, trigger_mode="multiple", **QUIET)


def _wire_actions(
    parts: ChatComponents, again: gr.Button, markdown: gr.Button, json: gr.Button
) -> None:
    """Start a new conversation, or download this one."""

    def restart() -> tuple[Any, ...]:
        return [], [], "", gr.HTML(visible=True), gr.Row(visible=False), ""

    again.click(restart, None, parts.outputs(), queue=False, **PRIVATE).then(
        None, js=FOCUS, **PRIVATE
    )
    exported = gr.Textbox(visible=False)
    for button, export, extension in ((markdown, as_markdown, "md"), (json, as_json, "json")):
        button.click(export, parts.replies, exported, queue=False, **QUIET).then(
            None, exported, js=DOWNLOAD_JS.replace("EXTENSION", extension), **PRIVATE
        )
