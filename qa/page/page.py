"""The page in Gradio: its tabs, its language, and how it is served.

Nothing that it serves comes from elsewhere or goes there. Importing it imports Gradio, which takes
a while and reads its settings from the environment: `app.py` does so only when the chat starts.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import gradio as gr
from starlette.middleware import Middleware

from index.errors import requires_extra
from qa.archive import Archive
from qa.chat.reply import heading_html
from qa.chat.upload import LARGEST
from qa.chat.words import PAGE
from qa.server.api import Endpoint, endpoints
from qa.server.guard import UPLOAD_LIFETIME, Guard, Rules

from .api_events import add_api
from .archive_tab import archive_tab
from .chat_tab import chat_tab

STYLES = [Path(__file__).with_name(name) for name in ("chat.css", "evidence.css", "archive.css")]
SYSTEM_FONTS = ["system-ui", "sans-serif"]  # the default is a font from the web
AT_ONCE, WAITING = 2, 60  # questions of the page that are worked on, and that wait
CHINESE = ("zh", "zh-CN", "zh-TW", "zh-HK", "zh-SG")
I18N = gr.I18n(en=PAGE["en"], **dict.fromkeys(CHINESE, PAGE["zh"]))
# The page's own words are there in both languages; this shows those of the browser.
BROWSER_LANGUAGE = """() => {
    const chinese = navigator.language.toLowerCase().startsWith("zh");
    document.documentElement.lang = chinese ? "zh-CN" : "en";
    document.documentElement.classList.toggle("qa-chinese", chinese);
}"""


def page(
    archive: Archive, seeds: Path | None = None, api: Mapping[str, Endpoint] | None = None
) -> gr.Blocks:
    """The page over an open archive; `seeds` is the folder to add articles to, None: read only.

    `api` holds the endpoints for programs, if they are served elsewhere too.
    """
    with gr.Blocks(
        title="Archive QA",
        fill_height=True,
        analytics_enabled=False,
        delete_cache=(UPLOAD_LIFETIME, UPLOAD_LIFETIME),
    ) as blocks:
        head = gr.HTML(heading_html(len(archive)), elem_id="head", apply_default_css=False)
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(I18N("chat"), id="chat"):
                chat_tab(archive, I18N)
            with gr.Tab(I18N("archive"), id="archive"):
                archive_tab(archive, I18N, seeds)
        add_api(endpoints(archive, seeds) if api is None else api)
        blocks.load(lambda: heading_html(len(archive)), None, head, api_visibility="private")
    return blocks  # type: ignore[no-any-return]


def serve(
    blocks: gr.Blocks,
    host: str,
    port: int,
    rules: Rules,
    *,
    tools: Mapping[str, Endpoint] | None = None,
) -> None:
    """Serve a page in the background, to this machine alone unless `host` says otherwise.

    `rules` say who may ask and whether files are taken, up to `chat_upload.LARGEST` MB each. With
    `tools` (the endpoints) language models can use `answer` and `search`. Raises ArchiveError when
    what that needs is not installed.
    """
    # gradio asks its own server whether it is up: not by way of a proxy
    os.environ["NO_PROXY"] = f"{os.environ.get('NO_PROXY', '')},127.0.0.1,localhost,{host}"
    app_kwargs: dict[str, Any] = {"middleware": [Middleware(Guard, rules=rules)]}
    if tools is not None:
        with requires_extra("mcp"):
            from qa.server.mcp_tools import app_options
        app_kwargs.update(app_options(tools))
    # nobody goes round the queue, and it does not grow without end
    blocks.queue(api_open=False, default_concurrency_limit=AT_ONCE, max_size=WAITING)
    blocks.launch(
        server_name=host,
        server_port=port,
        theme=gr.themes.Base(font=SYSTEM_FONTS, font_mono=SYSTEM_FONTS),
        css_paths=STYLES,
        js=BROWSER_LANGUAGE,
        i18n=I18N,
        app_kwargs=app_kwargs,
        # bytes; where nothing can be added nothing is taken
        max_file_size=LARGEST * 1_000_000 if rules.uploads else 1,
        allowed_paths=[],
        enable_monitoring=False,
        footer_links=[],
        run_history=False,
        share=False,
        ssr_mode=False,
        mcp_server=False,
        quiet=True,
        prevent_thread_lock=True,
    )
