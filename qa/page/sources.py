"""A button in an article's panel opens the source that it is from, and another one leads back.

What is shown is decided in `qa/chat/panel/source_panel.py`; PDFs are passed to their frame by
`source_frame.js`.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from qa.archive import Archive
from qa.chat.panel.permalink_panel import permalink_html
from qa.chat.panel.source_panel import source_html

SOURCE_JS = Path(__file__).with_name("source_frame.js").read_text(encoding="utf-8")


def wire_sources(
    archive: Archive, panel: gr.HTML, language_of: Callable[[gr.Request], str]
) -> None:
    """Show in `panel` the source of the article that it shows, and the article again.

    `language_of` says in which language the page speaks to a browser.
    """

    def open_source(event: gr.EventData, browser: gr.Request) -> str:
        return source_html(archive, str(event.key), language_of(browser))

    def back_to_article(event: gr.EventData, browser: gr.Request) -> str:
        return permalink_html(archive, str(event.address), language_of(browser))

    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    panel.open_source(open_source, None, panel, **quiet)
    panel.back_to_article(back_to_article, None, panel, **quiet)
