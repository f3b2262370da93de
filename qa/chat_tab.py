"""The conversation in Gradio: question box, narrowing, replies, and the article beside them."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from index.errors import ArchiveError

from .archive import Archive
from .chat import Reply, failure, responding
from .chat_evidence import shown_html
from .chat_examples import examples
from .chat_html import begin_html, messages, visible
from .chat_text import shortened, text
from .chat_words import LANGUAGES, both

MOST_TURNS = 100  # of a conversation, kept and shown
LONGEST = 90  # characters of a title to choose by
MOST_LISTED = 300  # articles to choose from; others are named by their id
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
# Citations are buttons in the conversation; the panel listens for them, and goes to what is marked.
FOLLOW_CITATIONS = """
const desk = document.getElementById("desk");
let asked = null;
const goToMark = () => requestAnimationFrame(() => {
    const text = element.querySelector(".qa-text"), mark = text?.querySelector("mark");
    if (text) text.scrollTop = mark ? mark.offsetTop - text.offsetTop - text.clientHeight / 3 : 0;
});
const close = () => {
    desk.classList.remove("qa-reading");
    asked?.focus();
};
document.addEventListener("click", event => {
    const cited = event.target.closest?.("button.qa-cite");
    if (cited) {
        asked = cited;
        desk.classList.add("qa-reading");
        goToMark();
        trigger("click", {place: cited.value});
    }
    if (event.target.closest?.("#evidence .qa-close")) close();
});
document.addEventListener("keydown", event => {
    if (event.key === "Escape" && desk.classList.contains("qa-reading")) close();
});
watch("value", goToMark);
"""
ASK: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


@dataclass(frozen=True, slots=True)
class Parts:
    """What of the page an answer changes."""

    conversation: gr.Chatbot
    replies: gr.State
    box: gr.Textbox
    start: gr.Column
    again: gr.Button
    reread: gr.Row
    panel: gr.HTML

    def all(self) -> list[Any]:
        return [getattr(self, name) for name in self.__slots__]


def chat_tab(archive: Archive, i18n: gr.I18n) -> None:
    """Lay out the conversation and wire it, inside an open `gr.Blocks`."""
    asked = examples(archive.articles())
    replies = gr.State([])
    with gr.Row(elem_id="desk"):
        with gr.Column(scale=3, elem_id="talk", min_width=300):
            with gr.Column(elem_id="examples") as start:
                gr.HTML(begin_html(), visible=bool(asked))
                suggested = [gr.Button(visible(q), size="sm") for q in asked]
            conversation = gr.Chatbot(elem_id="conversation", **CONVERSATION)
            with gr.Row(elem_id="reread", visible=False) as reread:
                typed = gr.Button(i18n("typed"), size="sm", elem_id="typed")
                mend = gr.Button(i18n("mend"), size="sm", elem_id="mend")
            box = _question(i18n)
            only = _narrowing(archive, i18n)
            again = gr.Button(i18n("again"), size="sm", elem_id="again", visible=False)
        panel = gr.HTML(elem_id="evidence", js_on_load=FOLLOW_CITATIONS)
    parts = Parts(conversation, replies, box, start, again, reread, panel)
    _wire(archive, parts, only, [(box, box.submit), *((b, b.click) for b in suggested)])
    _wire_rereading(archive, parts, only, typed, mend)


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


def _narrowing(archive: Archive, i18n: gr.I18n) -> list[Any]:
    """The controls that narrow the archive, closed at first: after, before, language, article."""
    names = [(LANGUAGES.get(code, (code, code)), code) for code in archive.languages()]
    languages = [("—", ""), *((" · ".join(dict.fromkeys(pair)), code) for pair, code in names)]
    titles = archive.titles(MOST_LISTED)
    articles = [("—", ""), *((visible(shortened(title, LONGEST)), name) for title, name in titles)]
    day: dict[str, Any] = {
        "max_lines": 1,
        "max_length": 10,
        "placeholder": "2025-10-28",
        "min_width": 120,
    }
    with gr.Accordion(i18n("narrow"), open=False, elem_id="narrow"):
        with gr.Row():
            after = gr.Textbox(label=i18n("after"), elem_id="after", **day)
            before = gr.Textbox(label=i18n("before"), elem_id="before", **day)
            language = gr.Dropdown(languages, value="", label=i18n("language"), min_width=120)
            article = gr.Dropdown(
                articles, value="", label=i18n("article"), allow_custom_value=True, min_width=200
            )
        gr.HTML(f'<div class="qa-count">{both("undated")}</div>')
    return [after, before, language, article]


def _answering(
    archive: Archive, message: str, earlier: list[Reply], kept: list[Reply], only: tuple[Any, ...]
) -> Iterator[tuple[Any, ...]]:
    """What the page shows while `message` is answered, after `kept`, and then."""
    begun = gr.Column(visible=False), gr.Button(visible=True)
    narrowing = dict(zip(("after", "before", "language", "article"), only, strict=True))
    reply = failure(message)
    try:
        for reply in responding(archive, message, earlier, **narrowing):
            if reply.answer is None and reply.problem is None:
                yield (
                    messages(kept, asked=reply),
                    kept,
                    "",
                    *begun,
                    gr.Row(visible=False),
                    gr.skip(),
                )
    except Exception:  # the page goes on; the terminal shows what is to be mended
        logging.exception("a question could not be answered")
        reply = failure(message)
    replies = [*kept, reply][-MOST_TURNS:]
    understood = reply.answer is not None and reply.answer.understood is not None
    panel = _shown(archive, replies, f"{len(replies) - 1}-1")
    yield messages(replies), replies, "", *begun, gr.Row(visible=understood), panel


def _shown(archive: Archive, replies: list[Reply], place: str) -> str:
    try:
        return shown_html(archive, replies, place)
    except ArchiveError as error:
        return f'<section class="qa-evidence">{text(str(error))}</section>'


def _wire(archive: Archive, parts: Parts, only: list[Any], sources: list[tuple[Any, Any]]) -> None:
    def ask(message: str, replies: list[Reply], *only: Any) -> Iterator[tuple[Any, ...]]:
        yield from _answering(archive, message, replies, replies, only)

    def begin() -> tuple[Any, ...]:
        hidden = gr.Button(visible=False), gr.Row(visible=False)
        return [], [], "", gr.Column(visible=True), *hidden, ""

    def show(replies: list[Reply], event: gr.EventData) -> str:
        return _shown(archive, replies, str(event.place))

    for source, event in sources:
        event(ask, [source, parts.replies, *only], parts.all(), **ASK)
    parts.conversation.change(None, js=LAST_QUESTION, api_visibility="private")
    parts.again.click(begin, None, parts.all(), api_visibility="private", queue=False)
    parts.panel.click(show, parts.replies, parts.panel, **ASK)


def _wire_rereading(
    archive: Archive, parts: Parts, only: list[Any], typed: gr.Button, mend: gr.Button
) -> None:
    """The two ways to correct how a follow-up was understood."""

    def as_typed(replies: list[Reply], *only: Any) -> Iterator[tuple[Any, ...]]:
        *kept, last = replies
        yield from _answering(archive, last.question, [], kept, only)

    def change(replies: list[Reply]) -> str:
        answer = replies[-1].answer
        return (answer and answer.understood) or ""

    typed.click(as_typed, [parts.replies, *only], parts.all(), **ASK)
    focus = "() => document.querySelector('#question textarea').focus()"
    mend.click(change, parts.replies, parts.box, queue=False, **ASK).then(
        None, js=focus, api_visibility="private"
    )
