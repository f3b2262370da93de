"""The fields of "Narrow the search" in Gradio: a range of days, a language, one article."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import ArchiveError
from index.store.base.search_filter import MAX_NAMES, NO_FILTER, SearchFilter
from qa.archive import Archive
from qa.chat.filter_choices import (
    ANY,
    MAX_ARTICLES,
    article_choices,
    date_fields_html,
    filter_values,
    language_choices,
    name_choices,
)
from qa.chat.panel.facets_panel import pressed, read_query
from qa.chat.plain_text import decode_id
from qa.facets.table import Wanted

MOST_NAMES = 100  # of each kind in the list
DAYS_JS = Path(__file__).with_name("days.js").read_text(encoding="utf-8")
PRIVATE: dict[str, Any] = {"api_visibility": "private", "queue": False, "show_progress": "hidden"}


@dataclass(frozen=True, slots=True)
class FilterFields:
    """The fields, the frame that opens and closes around them, and handlers that set one."""

    frame: gr.Accordion
    days: gr.HTML  # its value is {"after": "2025-10-28", "before": ""}
    language: gr.Dropdown
    article: gr.Dropdown
    names: gr.Dropdown
    select_article: Callable[[gr.EventData], tuple[gr.Dropdown, gr.Accordion]]
    select_language: Callable[[gr.EventData], tuple[gr.Dropdown, gr.Accordion]]
    select_names: Callable[..., tuple[gr.Dropdown, Any, gr.Accordion]]

    def inputs(self) -> list[Any]:
        """Return the fields in the order of the parameters of `filter_values`."""
        return [self.days, self.language, self.article, self.names]


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
            names = _names_field(i18n)
        clear = gr.Button(i18n("clear"), size="sm", elem_id="clear")

    def select_article(event: gr.EventData) -> tuple[gr.Dropdown, gr.Accordion]:
        article_id = decode_id(str(event.article))
        choices = article_choices(titles, article_id)
        return gr.Dropdown(choices, value=article_id), gr.Accordion(open=True)

    clear.click(lambda: ({}, ANY[1], ANY[1], []), None, [days, language, article, names], **PRIVATE)
    frame.expand(
        lambda chosen: gr.Dropdown(_choices(archive, chosen or [])), names, names, **PRIVATE
    )
    return FilterFields(
        frame, days, language, article, names, select_article, _select_language(archive),
        _select_names(archive),
    )  # fmt: skip


def _select_language(
    archive: Archive,
) -> Callable[[gr.EventData], tuple[gr.Dropdown, gr.Accordion]]:
    def select_language(event: gr.EventData) -> tuple[gr.Dropdown, gr.Accordion]:
        codes = archive.languages()
        wanted = str(event.language)
        code = next((code for code in codes if code.partition("-")[0] == wanted), ANY[1])
        return gr.Dropdown(language_choices(codes), value=code), gr.Accordion(open=True)

    return select_language


def _names_field(i18n: gr.I18n) -> gr.Dropdown:
    return gr.Dropdown(
        [], value=[], label=i18n("facet-names"), elem_id="names", min_width=260, multiselect=True,
        max_choices=MAX_NAMES, allow_custom_value=True, filterable=True, scale=3,
    )  # fmt: skip


def _select_names(archive: Archive) -> Callable[..., tuple[gr.Dropdown, Any, gr.Accordion]]:
    def select_names(
        chosen: list[str], days: object, event: gr.EventData
    ) -> tuple[gr.Dropdown, Any, gr.Accordion]:
        """Add a name or set the days; a whole filter takes the place of what was chosen."""
        query = str(event.query)
        given = filter_values(days, None, None, chosen)
        if "replace" in read_query(query):
            given = {}
        try:
            only = pressed(SearchFilter.of(**given), query)
        except ArchiveError:
            return gr.skip(), gr.skip(), gr.Accordion(open=True)
        shown = {name: str(getattr(only, name) or "") for name in ("after", "before")}
        dropdown = gr.Dropdown(
            _choices(archive, only.names), value=list(only.names), allow_custom_value=True
        )
        return dropdown, shown, gr.Accordion(open=True)

    return select_names


def _choices(archive: Archive, chosen: Sequence[str]) -> list[tuple[str, str]]:
    """Return the commonest names of the archive, as far as they are known by now."""
    facets = archive.names.table_so_far().facets(NO_FILTER, wanted=Wanted(MOST_NAMES))
    named = (*facets.people, *facets.places, *facets.organisations)
    return name_choices(sorted(named, key=lambda value: -value.articles), chosen)
