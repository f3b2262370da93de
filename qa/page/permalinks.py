"""A permalink in the page's address opens the article beside the conversation.

What is shown is decided in `qa/chat/permalink_panel.py`; `chat.js` reports the address.
"""

import gradio as gr

from qa.archive import Archive
from qa.chat.panel.permalink_panel import permalink_html

from .visiting import browser_language


def wire_permalinks(archive: Archive, panel: gr.HTML) -> None:
    """Show in `panel` what a permalink cites."""

    def open_permalink(event: gr.EventData, browser: gr.Request) -> str:
        return permalink_html(archive, str(event.address), browser_language(browser))

    panel.open_permalink(
        open_permalink, None, panel, api_visibility="private", show_progress="hidden"
    )
