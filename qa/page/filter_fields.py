"""The fields of "Narrow the search" in Gradio: days, a language, one article, one archive."""

import json
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
    archive_choices,
    article_choices,
    date_fields_html,
    filter_values,
    language_choices,
    name_choices,
)
from qa.chat.panel.facets_panel import pressed, read_query
from qa.chat.plain_text import decode_id
from qa.facets.table import Wanted

from .visiting import browser_language

NOTHING: tuple[Any, ...] = ({}, "", "", "", [], False)  # what the fields hold at first
MOST_NAMES = 100  # of each kind in the list
DAYS_JS = Path(__file__).with_name("days.js").read_text(encoding="utf-8")
PRIVATE: dict[str, Any] = {"api_visibility": "private", "queue": False, "show_progress": "hidden"}
WAITING: dict[str, Any] = {**PRIVATE, "queue": True}  # what counts the names of all articles


@dataclass(frozen=True, slots=True)
class FilterFields:
    """The fields, the frame that opens and closes around them, and handlers that set one."""

    frame: gr.Accordion
    days: gr.HTML  # its value is {"after": "2025-10-28", "before": ""}
    language: gr.Dropdown
    article: gr.Dropdown
    archive: gr.Dropdown  # hidden unless there are several
    names: gr.Dropdown
    earlier: gr.Checkbox  # shown only if the archive keeps earlier texts
    select_article: Callable[[gr.EventData], tuple[gr.Dropdown, gr.Accordion]]
    select_language: Callable[[gr.EventData, gr.Request], tuple[gr.Dropdown, gr.Accordion]]
    select_archive: Callable[[gr.EventData], tuple[gr.Dropdown, gr.Accordion]]
    select_names: Callable[..., tuple[gr.Dropdown, Any, gr.Accordion]]

    def inputs(self) -> list[Any]:
        """Return the fields in the order of the values of `chosen`."""
        return [self.days, self.language, self.article, self.archive, self.names, self.earlier]


def chosen(browser: gr.Request, *values: Any) -> dict[str, Any]:
    """Return the fields' values, and the page's language, as arguments of `stream_replies`."""
    *narrowing, earlier = [*values, *NOTHING[len(values) :]]
    page = {"earlier": earlier is True, "page_language": browser_language(browser)}
    return {**filter_values(*narrowing), **page}


def earlier_switch(archive: Archive, i18n: gr.I18n) -> gr.Checkbox:
    """Lay out the switch to earlier texts; it is shown while the archive keeps any."""
    switch = gr.Checkbox(
        label=i18n("ask-earlier"), elem_id="earlier", visible=archive.keeps_earlier,
        container=False,
    )  # fmt: skip

    def show_earlier() -> gr.Checkbox:
        kept = archive.keeps_earlier
        return gr.Checkbox(visible=kept) if kept else gr.Checkbox(value=False, visible=False)

    gr.on(None, show_earlier, None, switch, **PRIVATE)  # a build may begin or end to keep them
    return switch


def filter_fields(archive: Archive, i18n: gr.I18n) -> FilterFields:
    """Lay the fields out, closed at first, inside an open `gr.Blocks`."""
    titles = archive.titles(MAX_ARTICLES)
    with gr.Accordion(i18n("narrow"), open=False, elem_id="narrow") as frame:
        days = gr.HTML(
            {}, html_template=date_fields_html(), js_on_load=DAYS_JS, elem_id="days",
            apply_default_css=False,
        )  # fmt: skip
        language, article, one_archive, names = _dropdowns(archive, i18n, titles)
        earlier = earlier_switch(archive, i18n)
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

    def select_archive(event: gr.EventData) -> tuple[gr.Dropdown, gr.Accordion]:
        return gr.Dropdown(value=str(event.archive)), gr.Accordion(open=True)

    fields = (days, language, article, one_archive, names, earlier)
    # in the browser: a question that is asked at once must not go to what was chosen before
    clear.click(None, None, list(fields), js=f"() => {json.dumps(NOTHING)}", **PRIVATE)
    if not archive.archives:  # names are known of one archive alone
        _offer_names(archive, frame, names)
    return FilterFields(
        frame, *fields, select_article, select_language, select_archive, _select_names(archive)
    )


def _offer_names(archive: Archive, frame: gr.Accordion, names: gr.Dropdown) -> None:
    frame.expand(
        lambda chosen: gr.Dropdown(_choices(archive, chosen or [])), names, names, **WAITING
    )


def _languages(archive: Archive, browser: gr.Request) -> list[tuple[str, str]]:
    return language_choices(archive.languages(), browser_language(browser))


def _dropdowns(
    archive: Archive, i18n: gr.I18n, titles: Sequence[tuple[str, str]]
) -> tuple[gr.Dropdown, gr.Dropdown, gr.Dropdown, gr.Dropdown]:
    """Lay out the fields for a language, an article, an archive and names, in a row."""
    with gr.Row(elem_id="filter-row"):
        language = gr.Dropdown(
            language_choices(archive.languages()), value="", label=i18n("passage-language"),
            elem_id="language", min_width=130,
        )  # fmt: skip
        article = gr.Dropdown(
            article_choices(titles), value="", label=i18n("only-article"), elem_id="article",
            min_width=200, allow_custom_value=True, filterable=True, scale=2,
        )  # fmt: skip
        one_archive = gr.Dropdown(
            archive_choices(archive.archives), value="", label=i18n("only-archive"),
            elem_id="one-archive", min_width=130, visible=bool(archive.archives),
        )  # fmt: skip
        names = gr.Dropdown(
            [], value=[], label=i18n("facet-names"), elem_id="names", min_width=260,
            multiselect=True, max_choices=MAX_NAMES, allow_custom_value=True, filterable=True,
            scale=3, visible=not archive.archives,
        )  # fmt: skip
    return language, article, one_archive, names


def _select_names(archive: Archive) -> Callable[..., tuple[gr.Dropdown, Any, gr.Accordion]]:
    def select_names(
        chosen: list[str], days: object, event: gr.EventData
    ) -> tuple[gr.Dropdown, Any, gr.Accordion]:
        """Add a name or set the days; a whole filter takes the place of what was chosen."""
        query = str(event.query)
        given = filter_values(days, None, None, names=chosen)
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
