"""The archive tab in Gradio: list articles, read one, upload files, rebuild the index.

What the table shows and what its buttons do is decided in `qa/chat/article_table.py`. Handlers here
must not have the name of a public endpoint (`qa/server/endpoints/`): Gradio would rename that one.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import Dependency

from index.errors import ArchiveError
from index.ingest.builder import build
from index.store.base.article_page import PageRequest
from qa.accounts.roles import Role
from qa.archive import Archive
from qa.chat.article_table import (
    error_html,
    press_button,
    report_html,
    search_articles,
    table_html,
)
from qa.chat.filter_choices import archive_choices
from qa.chat.panel.evidence import article_html
from qa.chat.plain_text import decode_id
from qa.chat.upload import limits_html, results_html, store_uploads

from .facets_view import facets_column, list_names, wire_facets
from .sources import SOURCE_JS, wire_sources
from .visiting import browser_language, visitor

TABLE_JS = Path(__file__).with_name("archive_table.js").read_text(encoding="utf-8")
READER_JS = Path(__file__).with_name("archive_reader.js").read_text(encoding="utf-8")
READ_PREFIX = "read-"  # value of a title's button: this and the encoded article id
PRIVATE: dict[str, Any] = {"api_visibility": "private"}
QUIET: dict[str, Any] = {**PRIVATE, "show_progress": "hidden"}


def archive_tab(archive: Archive, i18n: gr.I18n, seeds: Path | None) -> list[Any]:
    """Lay out the tab inside an open `gr.Blocks`; return what takes the role to add.

    Args:
        archive: The archive to list.
        i18n: The page's phrases.
        seeds: The folder that uploads go to; None leaves out uploading and rebuilding.
    """
    request = gr.State(PageRequest())
    with gr.Row(elem_id="archive-top"):
        search_box = _search_box(i18n)
        names = _names(archive, i18n)
        shown = seeds is not None
        rebuild = gr.Button(i18n("rebuild"), size="sm", elem_id="rebuild", visible=shown, scale=0)
    report = gr.HTML(elem_id="report", apply_default_css=False)
    adding = [] if seeds is None else [_upload_fields(i18n, seeds, report), rebuild]
    with gr.Row(elem_id="archive-panes"):
        words, facets = facets_column(i18n, visible=not archive.archives)
        table = gr.HTML(elem_id="table", js_on_load=TABLE_JS, apply_default_css=False)
        reader = gr.HTML(
            elem_id="reader", js_on_load=READER_JS + SOURCE_JS, apply_default_css=False
        )
    _wire_table(archive, request, search_box, table, reader)
    _wire_archives(archive, names, request, table)
    if not archive.archives:  # names are known of one archive alone
        wire_facets(archive, request, words, facets, table)
    if seeds is not None:
        rebuilt = _wire_rebuild(archive, seeds, request, rebuild, report, table)

        def list_again(shown: PageRequest, browser: gr.Request) -> str:
            return list_names(archive, shown.only, language=browser_language(browser))

        rebuilt.then(list_again, request, facets, **QUIET)
    return adding


def _search_box(i18n: gr.I18n) -> gr.Textbox:
    return gr.Textbox(
        placeholder=i18n("find-hint"), label=i18n("find-hint"), show_label=False, container=False,
        elem_id="find", max_lines=1, max_length=200, scale=1,
    )  # fmt: skip


def _names(archive: Archive, i18n: gr.I18n) -> gr.Dropdown:
    """Return the list of archives, of which one can be chosen; hidden if there is only one."""
    return gr.Dropdown(
        archive_choices(archive.archives, any_of_them=True), value="", label=i18n("only-archive"),
        elem_id="of-archive", show_label=False, container=False, scale=0, min_width=140,
        visible=bool(archive.archives),
    )  # fmt: skip


def _wire_archives(archive: Archive, names: gr.Dropdown, request: gr.State, table: gr.HTML) -> None:
    """Show the articles of the archive that is chosen, and say "all" in the page's language."""

    def of_archive(name: str, request: PageRequest, browser: gr.Request) -> tuple[PageRequest, str]:
        request = replace(request, archive=name or "", page=0)
        return request, _table(archive, request, browser)

    def archives_in_page_language(browser: gr.Request) -> gr.Dropdown:
        language = browser_language(browser)
        return gr.Dropdown(archive_choices(archive.archives, any_of_them=True, language=language))

    names.change(of_archive, [names, request], [request, table], **QUIET)
    gr.on(None, archives_in_page_language, None, names, queue=False, **QUIET)


def _upload_fields(i18n: gr.I18n, seeds: Path, report: gr.HTML) -> Any:
    """Lay out and wire the upload; a rebuild then adds the files to the index."""
    with gr.Accordion(i18n("add"), open=False, elem_id="uploads") as fields:
        files = gr.File(file_count="multiple", show_label=False, height=120, elem_id="files")
        with gr.Row(elem_id="save-row"):
            gr.HTML(limits_html(), apply_default_css=False)
            save = gr.Button(i18n("save"), size="sm", elem_id="save", scale=0)

    def store(paths: list[str] | None, browser: gr.Request) -> tuple[None, str]:
        uploads = [(Path(path).name, Path(path)) for path in paths or []]
        try:
            visitor(browser).demand(Role.ADD)
            results = store_uploads(uploads, seeds)
            visitor(browser).note("added", files=str(len(uploads)))
            return None, results_html(results, browser_language(browser))
        except ArchiveError as error:
            return None, error_html(error, browser_language(browser))

    save.click(store, files, [files, report], **QUIET)
    return fields


def _wire_table(
    archive: Archive, request: gr.State, search_box: gr.Textbox, table: gr.HTML, reader: gr.HTML
) -> None:
    """Searching, sorting, turning pages, and opening an article beside the table."""

    def first_page(browser: gr.Request) -> str:
        return _table(archive, PageRequest(), browser)

    def find(words: str, request: PageRequest, browser: gr.Request) -> tuple[PageRequest, str]:
        request = search_articles(request, words)
        return request, _table(archive, request, browser)

    def press(request: PageRequest, event: gr.EventData, browser: gr.Request) -> tuple[Any, ...]:
        value = str(event.pressed)
        if not value.startswith(READ_PREFIX):
            request = press_button(request, value)
            return request, _table(archive, request, browser), gr.skip()
        try:
            article = archive.article(decode_id(value.removeprefix(READ_PREFIX)))
            versions = archive.versions(article.id)
            opens = archive.sources is not None
            panel = article_html(article, versions, browser_language(browser), opens)
        except ArchiveError as error:
            panel = error_html(error, browser_language(browser))
        return request, gr.skip(), panel

    gr.on(None, first_page, None, table, queue=False, **QUIET)  # whenever the page is loaded
    search_box.change(find, [search_box, request], [request, table], **QUIET)
    table.click(press, request, [request, table, reader], **QUIET)
    reader.click(lambda: "", None, reader, queue=False, **PRIVATE)
    wire_sources(archive, reader, browser_language)


def _wire_rebuild(
    archive: Archive,
    seeds: Path,
    request: gr.State,
    button: gr.Button,
    report: gr.HTML,
    table: gr.HTML,
) -> Dependency:
    """Rebuild the index, then show the report and the table as it is now."""

    def rebuild_index(
        request: PageRequest,
        browser: gr.Request,
        progress: gr.Progress = gr.Progress(track_tqdm=True),  # noqa: B008 - how Gradio finds it
    ) -> tuple[str, str]:
        try:
            visitor(browser).demand(Role.ADD)
            visitor(browser).note("rebuilt")
            done = build(seeds, archive.place, encoder=archive.encoder, progress=True)
            outcome = report_html(done, browser_language(browser))
        except ArchiveError as error:
            outcome = error_html(error, browser_language(browser))
        return outcome, _table(archive, request, browser)

    return button.click(
        rebuild_index, request, [report, table],
        show_progress="full", show_progress_on=report, **PRIVATE,
    )  # fmt: skip


def _table(archive: Archive, request: PageRequest, browser: gr.Request) -> str:
    language = browser_language(browser)
    try:
        listing, missing = archive.listing(request), archive.not_asked(request.archive)
        return table_html(listing, request, missing, language)
    except ArchiveError as error:  # the chosen archive, or a name, is gone for now
        return error_html(error, language)
