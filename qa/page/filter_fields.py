"""The fields of "Narrow the search" in Gradio: a range of days, a language, one article."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from qa.archive import Archive
from qa.chat.filter_choices import (
    ANY,
    MAX_ARTICLES,
    article_choices,
    date_fields_html,
    language_choices,
)
from qa.chat.plain_text import decode_id

from .archive_tab import browser_language

DAYS_JS = Path(__file__).with_name("days.js").read_text(encoding="utf-8")
PRIVATE: dict[str, Any] = {"api_visibility": "private", "queue": False, "show_progress": "hidden"}


@dataclass(frozen=True, slots=True)
class FilterFields:
    """The fields, the frame that opens and closes around them, and handlers that set one."""

    frame: gr.Accordion
    days: gr.HTML  # its value is {"after": "2025-10-28", "before": ""}
    language: gr.Dropdown
    article: gr.Dropdown
    select_article: Callable[[gr.EventData], tuple[gr.Dropdown, gr.Accordion]]
    select_language: Callable[[gr.EventData, gr.Request], tuple[gr.Dropdown, gr.Accordion]]

    def inputs(self) -> list[Any]:
        """Return the fields in the order of the parameters of `filter_values`."""
        return [self.days, self.language, self.article]


def filter_fields(archive: Archive, i18n: gr.I18n) -> FilterFields:
    """Lay the fields out, closed at first, inside an open `gr.Blocks`."""
    titles = archive.titles(MAX_ARTICLES)
    with gr.Accordion(i18n("narrow"), open=False, elem_id="narrow") as frame:
        days = gr.HTML(
            {}, html_template=date_fields_html(), js_on_load=DAYS_JS, elem_id="days",
            apply_default_css=False,
        )  # fmt: skip
        with gr.Row(elem_id="filter-row"):
            language = gr.Dropdown(
                language_choices(archive.languages()), value="", label=i18n("passage-language"),
                elem_id="language", min_width=130,
            )  # fmt: skip
            article = gr.Dropdown(
                article_choices(titles), value="", label=i18n("only-article"), elem_id="article",
                min_width=200, allow_custom_value=True, filterable=True, scale=2,
            )  # fmt: skip
        clear = gr.Button(i18n("clear"), size="sm", elem_id="clear")

    def select_article(event: gr.EventData) -> tuple[gr.Dropdown, gr.Accordion]:
        article_id = decode_id(str(event.article))
        choices = article_choices(titles, article_id)
        return gr.Dropdown(choices, value=article_id), gr.Accordion(open=True)

    def select_language(
        event: gr.EventData, browser: gr.Request
    ) -> tuple[gr.Dropdown, gr.Accordion]:
        wanted, offered = str(event.language), _languages(archive, browser)
        codes = (code for _, code in offered if code.partition("-")[0] == wanted)
        return gr.Dropdown(offered, value=next(codes, ANY[1])), gr.Accordion(open=True)

    def in_page_language(browser: gr.Request) -> gr.Dropdown:
        return gr.Dropdown(_languages(archive, browser))

    gr.on(None, in_page_language, None, language, **PRIVATE)  # whenever the page is loaded

    clear.click(lambda: ({}, ANY[1], ANY[1]), None, [days, language, article], **PRIVATE)
    return FilterFields(frame, days, language, article, select_article, select_language)


def _languages(archive: Archive, browser: gr.Request) -> list[tuple[str, str]]:
    return language_choices(archive.languages(), browser_language(browser))
