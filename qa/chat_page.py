"""The page in Gradio: its tabs, its language, and how it is served.

Nothing that it serves comes from elsewhere or goes there. Importing it imports Gradio, which takes
a while and reads its settings from the environment: `app.py` does so only when the chat starts.
"""

import os
from pathlib import Path

import gradio as gr
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .archive import Archive
from .archive_tab import archive_tab
from .chat_html import heading_html
from .chat_tab import chat_tab
from .chat_upload import LARGEST
from .chat_words import PAGE

STYLES = [
    Path(__file__).with_name(name) for name in ("chat.css", "chat_evidence.css", "chat_archive.css")
]
SYSTEM_FONTS = ["system-ui", "sans-serif"]  # the default is a font from the web
# A second lock behind the escaping: the page can load and send nothing elsewhere.
POLICY = b"default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; object-src 'none'"
HEADERS = [(b"content-security-policy", POLICY), (b"referrer-policy", b"no-referrer")]
KEPT = (3600, 3600)  # uploaded files are deleted after an hour; seconds
CHINESE = ("zh", "zh-CN", "zh-TW", "zh-HK", "zh-SG")
I18N = gr.I18n(en=PAGE["en"], **dict.fromkeys(CHINESE, PAGE["zh"]))
# The page's own words are there in both languages; this shows those of the browser.
BROWSER_LANGUAGE = """() => {
    const chinese = navigator.language.toLowerCase().startsWith("zh");
    document.documentElement.lang = chinese ? "zh-CN" : "en";
    document.documentElement.classList.toggle("qa-chinese", chinese);
}"""


def page(archive: Archive, seeds: Path | None = None) -> gr.Blocks:
    """The page over an open archive; `seeds` is the folder to add articles to, None: read only."""
    with gr.Blocks(
        title="Archive QA", fill_height=True, analytics_enabled=False, delete_cache=KEPT
    ) as blocks:
        head = gr.HTML(heading_html(len(archive)), elem_id="head", apply_default_css=False)
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(I18N("chat"), id="chat"):
                chat_tab(archive, I18N)
            with gr.Tab(I18N("archive"), id="archive"):
                archive_tab(archive, I18N, seeds)
        blocks.load(lambda: heading_html(len(archive)), None, head, api_visibility="private")
    return blocks  # type: ignore[no-any-return]


def serve(blocks: gr.Blocks, host: str, port: int, *, uploads: bool = False) -> None:
    """Serve a page in the background, to this machine alone unless `host` says otherwise.

    `uploads` lets files in, up to `chat_upload.LARGEST` MB each.
    """
    # gradio asks its own server whether it is up: not by way of a proxy
    os.environ["NO_PROXY"] = f"{os.environ.get('NO_PROXY', '')},127.0.0.1,localhost,{host}"
    blocks.launch(
        server_name=host,
        server_port=port,
        theme=gr.themes.Base(font=SYSTEM_FONTS, font_mono=SYSTEM_FONTS),
        css_paths=STYLES,
        js=BROWSER_LANGUAGE,
        i18n=I18N,
        app_kwargs={"middleware": [Middleware(OwnContentOnly)]},
        # bytes; where nothing can be added nothing is taken
        max_file_size=LARGEST * 1_000_000 if uploads else 1,
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
