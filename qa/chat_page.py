"""The chat page in Gradio: its parts, what happens when a question is asked, how it is served.

Nothing that it serves comes from elsewhere or goes there. Importing it imports Gradio, which takes
a while and reads its settings from the environment: `app.py` does so only when the chat starts.
"""

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .archive import Archive
from .chat import Reply, failure, respond
from .chat_examples import examples
from .chat_html import begin_html, heading_html, messages, visible

STYLE = Path(__file__).with_name("chat.css")
SYSTEM_FONTS = ["system-ui", "sans-serif"]  # the default is a font from the web
MOST_TURNS = 100  # of a conversation, kept and shown
# A second lock behind the escaping: the page can load and send nothing elsewhere.
POLICY = b"default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; object-src 'none'"
HEADERS = [(b"content-security-policy", POLICY), (b"referrer-policy", b"no-referrer")]
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
QUESTION: dict[str, Any] = {
    "placeholder": "Ask the archive · 向档案提问",
    "label": "Question",
    "show_label": False,
    "container": False,
    "autofocus": True,
    "max_lines": 5,
    "submit_btn": True,
}


def page(archive: Archive) -> gr.Blocks:
    """The chat page over an open archive."""

    def ask(message: str, replies: list[Reply]) -> Iterator[tuple[Any, ...]]:
        begun = gr.Column(visible=False), gr.Button(visible=True)
        yield messages(replies, asked=message), replies, "", *begun
        try:
            reply = respond(archive, message, replies)
        except Exception:  # the page goes on; the terminal shows what is to be mended
            logging.exception("a question could not be answered")
            reply = failure(message)
        replies = [*replies, reply][-MOST_TURNS:]
        yield messages(replies), replies, "", *begun

    asked = examples(archive.articles())
    with gr.Blocks(title="Archive QA", fill_height=True, analytics_enabled=False) as blocks:
        replies = gr.State([])
        gr.HTML(heading_html(len(archive)))
        with gr.Column(elem_id="examples") as start:
            gr.HTML(begin_html(), visible=bool(asked))
            suggested = [gr.Button(visible(q), size="sm") for q in asked]
        conversation = gr.Chatbot(elem_id="conversation", **CONVERSATION)
        box = gr.Textbox(elem_id="question", **QUESTION)
        again = gr.Button("New conversation · 新对话", size="sm", elem_id="again", visible=False)
        outputs = [conversation, replies, box, start, again]
        for source, event in [(box, box.submit), *((b, b.click) for b in suggested)]:
            event(ask, [source, replies], outputs, api_visibility="private", show_progress="hidden")

        def begin() -> tuple[Any, ...]:
            return [], [], "", gr.Column(visible=True), gr.Button(visible=False)

        conversation.change(None, js=LAST_QUESTION, api_visibility="private")
        again.click(begin, None, outputs, api_visibility="private", queue=False)
    return blocks  # type: ignore[no-any-return]


def serve(blocks: gr.Blocks, host: str, port: int) -> None:
    """Serve a page in the background, to this machine alone unless `host` says otherwise."""
    # gradio asks its own server whether it is up: not by way of a proxy
    os.environ["NO_PROXY"] = f"{os.environ.get('NO_PROXY', '')},127.0.0.1,localhost,{host}"
    blocks.launch(
        server_name=host,
        server_port=port,
        theme=gr.themes.Base(font=SYSTEM_FONTS, font_mono=SYSTEM_FONTS),
        css_paths=[STYLE],
        app_kwargs={"middleware": [Middleware(OwnContentOnly)]},
        max_file_size=1,  # bytes: nothing is uploaded here
        footer_links=[],
        run_history=False,
        share=False,
        ssr_mode=False,
        mcp_server=False,
        quiet=True,
        prevent_thread_lock=True,
    )


class OwnContentOnly:
    """ASGI middleware: tells the browser to load nothing for the page from anywhere else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *HEADERS]
            await send(message)

        await self.app(scope, receive, send_with_policy)
