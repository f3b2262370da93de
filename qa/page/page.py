"""The page in Gradio: its tabs, its language, and the server it runs on.

Nothing it serves is loaded from, or sent to, another machine. Importing this module imports Gradio,
which takes seconds and reads its settings from the environment: `app.py` does so only to start the
chat.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import gradio as gr
from starlette.middleware import Middleware

from index.errors import requires_extra
from qa.archive import Archive
from qa.chat.page_frame import heading_html
from qa.chat.upload import MAX_MEGABYTES
from qa.chat.words import PAGE
from qa.server.endpoints.api import Endpoint, endpoints
from qa.server.guard import UPLOAD_LIFETIME, Rules
from qa.server.monitoring import MeteredArchive, app_options
from qa.server.page_language import PageLanguage
from qa.standing.shared import SharedList

from .api_events import ApiBlocks, add_api
from .archive_tab import archive_tab
from .chat_tab import chat_tab
from .draft_tab import draft_tab
from .visiting import greet_visitors

STYLE_SHEETS = (
    "page.css", "conversation.css", "question.css", "evidence.css", "timeline.css", "archive.css",
    "facets.css", "draft.css", "source.css", "standing.css",
)  # fmt: skip
STYLES = [Path(__file__).with_name(name) for name in STYLE_SHEETS]
ANNOUNCE_JS = Path(__file__).with_name("announce.js").read_text(encoding="utf-8")
SYSTEM_FONTS = ["system-ui", "sans-serif"]  # Gradio's default is downloaded from the web
MAX_RUNNING, MAX_WAITING = 2, 60  # events of the page that run at once, and that wait
CHINESE = ("zh-CN", "zh-TW", "zh-HK", "zh-SG")
I18N = gr.I18n(**PAGE, **dict.fromkeys(CHINESE, PAGE["zh"]))

LAUNCH_OPTIONS: dict[str, Any] = {
    "allowed_paths": [],
    "enable_monitoring": False,
    "footer_links": [],
    "run_history": False,
    "share": False,
    "ssr_mode": False,
    "mcp_server": False,  # ours is mounted beside Gradio: qa/server/endpoints/mcp_tools.py
    "quiet": True,
    "prevent_thread_lock": True,
}


def page(
    archive: Archive,
    seeds: Path | None = None,
    api: Mapping[str, Endpoint] | None = None,
    standing: SharedList | None = None,
) -> gr.Blocks:
    """Build the page over an open archive.

    Args:
        archive: The archive to ask and to list.
        seeds: The folder that uploads go to; None makes the page read-only.
        api: The endpoints for programs, if they are served elsewhere too; made here by default.
        standing: The standing questions; None leaves out bells and news.
    """
    with ApiBlocks(
        title="Archive QA",
        fill_height=True,
        analytics_enabled=False,
        delete_cache=(UPLOAD_LIFETIME, UPLOAD_LIFETIME),
    ) as blocks:
        head = gr.HTML(heading_html(len(archive)), elem_id="head", apply_default_css=False)
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(I18N("chat"), id="chat"):
                chat_tab(archive, I18N, standing)
            with gr.Tab(I18N("archive"), id="archive"):
                adding = archive_tab(archive, I18N, seeds)
            with gr.Tab(I18N("drafts"), id="drafts"):
                adding += draft_tab(archive, I18N, uploads=seeds is not None)
        add_api(blocks, endpoints(archive, seeds, standing=standing) if api is None else api)
        greet_visitors(archive, blocks, head, adding)
    return blocks  # type: ignore[no-any-return]


def serve(
    blocks: gr.Blocks,
    host: str,
    port: int,
    rules: Rules,
    *,
    tools: Mapping[str, Endpoint] | None = None,
    archive: MeteredArchive | None = None,
) -> None:
    """Serve a page in the background.

    Args:
        blocks: The page.
        host: The address to listen on; "127.0.0.1" is reachable from this machine only.
        port: The port to listen on.
        rules: Who may use the page, and whether it accepts uploads.
        tools: The endpoints to offer to language models as MCP tools, if any.
        archive: The archive that `/healthz` and `/metrics` tell of; None leaves them out.

    Raises:
        ArchiveError: There are `tools`, and the packages for MCP are not installed.
    """
    _bypass_proxy(host)
    # no endpoint bypasses the queue, and the queue is bounded
    blocks.queue(api_open=False, default_concurrency_limit=MAX_RUNNING, max_size=MAX_WAITING)
    blocks.launch(
        server_name=host,
        server_port=port,
        theme=gr.themes.Base(font=SYSTEM_FONTS, font_mono=SYSTEM_FONTS),
        css_paths=STYLES,
        i18n=I18N,
        js=ANNOUNCE_JS,
        app_kwargs=_app_kwargs(rules, archive, tools),
        # in bytes; 1 refuses every file
        max_file_size=MAX_MEGABYTES * 1_000_000 if rules.uploads else 1,
        **LAUNCH_OPTIONS,
    )


def _app_kwargs(
    rules: Rules, archive: MeteredArchive | None, tools: Mapping[str, Endpoint] | None
) -> dict[str, Any]:
    options = app_options(rules, archive)
    options["middleware"].append(Middleware(PageLanguage))
    if tools is None:
        return options
    with requires_extra("mcp"):
        from qa.server.endpoints.mcp_tools import mcp_options
    added = mcp_options(tools)
    return {**options, **added, "routes": options["routes"] + added["routes"]}


def _bypass_proxy(host: str) -> None:
    """Gradio checks over HTTP that its own server is up; a proxy must not handle that."""
    os.environ["NO_PROXY"] = f"{os.environ.get('NO_PROXY', '')},127.0.0.1,localhost,{host}"
