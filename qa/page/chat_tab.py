"""The conversation in Gradio: question box, replies, what can be saved, the article beside them."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import ArchiveError
from qa.archive import Archive
from qa.chat.evidence import shown_html
from qa.chat.examples import examples
from qa.chat.export import as_json, as_markdown
from qa.chat.filter_choices import only
from qa.chat.plain_text import text
from qa.chat.reply import begin_html, messages
from qa.chat.turn import Reply, failure, responding

from .filter_fields import Fields, narrowing

MOST_TURNS = 100  # of a conversation, kept and shown
CONVERSATION: dict[str, Any] = {
    "show_label": False,
    "container": False,
    "scale": 1,
    "height": 160,  # at least; it fills the window
    "buttons": [],
    "feedback_options": None,
    "autoscroll": False,  # it goes to the end; `LAST_QUESTION` to where the reply begins
    # a reply is HTML that shows every text literally; what gradio could still read in it is off
    "sanitize_html": True,
    "latex_delimiters": [],
    "allow_tags": False,
}
LAST_QUESTION = """() => requestAnimationFrame(() => {
    const asked = document.querySelectorAll("#conversation .user-row");
    asked[asked.length - 1]?.scrollIntoView({block: "start"});
})"""
ACTS = Path(__file__).with_name("chat.js").read_text(encoding="utf-8")
SAVE = """words => {
    const link = document.createElement("a");
    const day = new Date().toISOString().slice(0, 10);
    link.href = URL.createObjectURL(new Blob([words], {type: "text/plain"}));
    link.download = `archive-qa-${day}.KIND`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}"""
FOCUS = "() => document.querySelector('#question textarea').focus()"
PRIVATE: dict[str, Any] = {"api_visibility": "private"}
ASK: dict[str, Any] = {**PRIVATE, "show_progress": "hidden"}


@dataclass(frozen=True, slots=True)
class Parts:
    """What of the page an answer changes."""

    conversation: gr.Chatbot
    replies: gr.State
    box: gr.Textbox
    start: gr.HTML
    ways: gr.Row  # what can be done with a conversation
    panel: gr.HTML

    def all(self) -> list[Any]:
        return [getattr(self, name) for name in self.__slots__]


def chat_tab(archive: Archive, i18n: gr.I18n) -> None:
    """Lay out the conversation and wire it, inside an open `gr.Blocks`."""
    replies = gr.State([])
    with gr.Row(elem_id="desk"):
        with gr.Column(scale=3, elem_id="talk", min_width=300):
            start = gr.HTML(
                begin_html(examples(archive.articles())), elem_id="start", apply_default_css=False
            )
            conversation = gr.Chatbot(elem_id="conversation", **CONVERSATION)
            box = _question(i18n)
            with gr.Column(elem_id="below"):
                fields = narrowing(archive, i18n)
                with gr.Row(elem_id="ways", visible=False) as ways:
                    buttons = [
                        gr.Button(i18n(name), size="sm", elem_id=name)
                        for name in ("again", "markdown", "json")
                    ]
        panel = gr.HTML(elem_id="evidence", js_on_load=ACTS, apply_default_css=False)
    parts = Parts(conversation, replies, box, start, ways, panel)
    _wire_asking(archive, parts, fields)
    _wire_conversation(archive, parts, *buttons)
    panel.narrow(fields.choose, None, [fields.article, fields.frame], **ASK).then(
        None, js=FOCUS, **PRIVATE
    )


def _question(i18n: gr.I18n) -> gr.Textbox:
    return gr.Textbox(
        elem_id="question",
        placeholder=i18n("ask"),
        label=i18n("question"),
        show_label=False,
        container=False,
        autofocus=True,
        max_lines=5,
        submit_btn=True,
    )


def _answering(
    archive: Archive, message: str, earlier: list[Reply], kept: list[Reply], asked: dict[str, str]
) -> Iterator[tuple[Any, ...]]:
    """What the page shows while `message` is answered, after `kept`, and then."""
    begun = gr.HTML(visible=False), gr.Row(visible=True)
    reply = failure(message)
    try:
        for reply in responding(archive, message, earlier, **asked):
            if reply.answer is None and reply.problem is None:
                yield messages(kept, asked=reply), kept, "", *begun, gr.skip()
    except Exception:  # the page goes on; the terminal shows what is to be mended
        logging.exception("a question could not be answered")
        reply = failure(message)
    replies = [*kept, reply][-MOST_TURNS:]
    panel = _shown(archive, replies, f"{len(replies) - 1}-1")
    yield messages(replies), replies, "", *begun, panel


def _shown(archive: Archive, replies: list[Reply], place: str) -> str:
    try:
        return shown_html(archive, replies, place)
    except ArchiveError as error:
        return f'<section class="qa-evidence">{text(str(error))}</section>'


def _wire_asking(archive: Archive, parts: Parts, fields: Fields) -> None:
    """A question that was typed, one to begin with, and the last one asked otherwise."""

    def ask(message: str, replies: list[Reply], *chosen: Any) -> Iterator[tuple[Any, ...]]:
        yield from _answering(archive, message, replies, replies, only(*chosen))

    def suggested(
        replies: list[Reply], days: Any, language: Any, article: Any, event: gr.EventData
    ) -> Iterator[tuple[Any, ...]]:
        yield from ask(str(event.question), replies, days, language, article)

    def as_typed(replies: list[Reply], *chosen: Any) -> Iterator[tuple[Any, ...]]:
        if replies:
            *kept, last = replies
            yield from _answering(archive, last.question, [], kept, only(*chosen))

    def change(replies: list[Reply]) -> str:
        answer = replies[-1].answer if replies else None
        return (answer and answer.understood) or ""

    asked = [parts.replies, *fields.chosen]
    parts.box.submit(ask, [parts.box, *asked], parts.all(), **ASK)
    parts.panel.suggested(suggested, asked, parts.all(), **ASK)
    parts.panel.typed(as_typed, asked, parts.all(), **ASK)
    parts.panel.mend(change, parts.replies, parts.box, queue=False, **ASK).then(
        None, js=FOCUS, **PRIVATE
    )


def _wire_conversation(
    archive: Archive, parts: Parts, again: gr.Button, markdown: gr.Button, data: gr.Button
) -> None:
    """Showing a source, beginning anew, saving what was said."""

    def show(replies: list[Reply], event: gr.EventData) -> str:
        return _shown(archive, replies, str(event.place))

    def begin() -> tuple[Any, ...]:
        return [], [], "", gr.HTML(visible=True), gr.Row(visible=False), ""

    parts.conversation.change(None, js=LAST_QUESTION, **PRIVATE)
    parts.panel.cite(show, parts.replies, parts.panel, **ASK)
    again.click(begin, None, parts.all(), queue=False, **PRIVATE).then(None, js=FOCUS, **PRIVATE)
    saved = gr.Textbox(visible=False)
    for button, written, kind in ((markdown, as_markdown, "md"), (data, as_json, "json")):
        button.click(written, parts.replies, saved, queue=False, **ASK).then(
            None, saved, js=SAVE.replace("KIND", kind), **PRIVATE
        )
