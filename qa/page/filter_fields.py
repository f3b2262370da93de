"""The fields of "Narrow the search" in Gradio: days, language, one article."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from qa.archive import Archive
from qa.chat.filter_choices import ANY, MOST_LISTED, articles, days_html, languages
from qa.chat.plain_text import identity

DAYS = Path(__file__).with_name("days.js").read_text(encoding="utf-8")
PRIVATE: dict[str, Any] = {"api_visibility": "private", "queue": False, "show_progress": "hidden"}


@dataclass(frozen=True, slots=True)
class Fields:
    """What narrows the archive, and the frame that opens and closes around it."""

    frame: gr.Accordion
    days: gr.HTML
    language: gr.Dropdown
    article: gr.Dropdown
    choose: Callable[[gr.EventData], tuple[gr.Dropdown, gr.Accordion]]

    @property
    def chosen(self) -> list[Any]:
        return [self.days, self.language, self.article]


def narrowing(archive: Archive, i18n: gr.I18n) -> Fields:
    """Lay the fields out, closed at first, inside an open `gr.Blocks`."""
    titles = archive.titles(MOST_LISTED)
    with gr.Accordion(i18n("narrow"), open=False, elem_id="narrow") as frame:
        days = gr.HTML(
            {}, html_template=days_html(), js_on_load=DAYS, elem_id="days", apply_default_css=False
        )
        with gr.Row(elem_id="among"):
            language = gr.Dropdown(
                languages(archive.languages()), value="", label=i18n("language"),
                elem_id="language", min_width=130,
            )  # fmt: skip
            article = gr.Dropdown(
                articles(titles), value="", label=i18n("article"), elem_id="article", min_width=200,
                allow_custom_value=True, filterable=True, scale=2,
            )  # fmt: skip
        clear = gr.Button(i18n("clear"), size="sm", elem_id="clear")

    def choose(event: gr.EventData) -> tuple[gr.Dropdown, gr.Accordion]:
        named = identity(str(event.article))
        return gr.Dropdown(articles(titles, named), value=named), gr.Accordion(open=True)

    clear.click(lambda: ({}, ANY[1], ANY[1]), None, [days, language, article], **PRIVATE)
    return Fields(frame, days, language, article, choose)
