"""The archive tab in Gradio: list articles, read one, upload files, rebuild the index.

What the table shows and what its buttons do is decided in `qa/chat/article_table.py`. Handlers here
must not have the name of a public endpoint (`qa/server/api.py`): Gradio would rename the endpoint.
"""

from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import Dependency

from index.errors import ArchiveError
from index.ingest.builder import build
from index.store.base.article_page import PageRequest
from qa.archive import Archive
from qa.chat.article_table import (
    error_html,
    press_button,
    report_html,
    search_articles,
    table_html,
)
from qa.chat.panel.evidence import article_html
from qa.chat.plain_text import decode_id
from qa.chat.upload import limits_html, results_html, store_uploads

from .facets_view import facets_column, list_names, wire_facets

TABLE_JS = Path(__file__).with_name("archive_table.js").read_text(encoding="utf-8")
READER_JS = Path(__file__).with_name("archive_reader.js").read_text(encoding="utf-8")
READ_PREFIX = "read-"  # value of a title's button: this and the encoded article id
PRIVATE: dict[str, Any] = {"api_visibility": "private"}
QUIET: dict[str, Any] = {**PRIVATE, "show_progress": "hidden"}


def archive_tab(archive: Archive, i18n: gr.I18n, seeds: Path | None) -> None:
    """Lay out the tab inside an open `gr.Blocks`.

    Args:
        archive: The archive to list.
        i18n: The page's phrases.
        seeds: The folder that uploads go to; None leaves out uploading and rebuilding.
    """
    request = gr.State(PageRequest())
    with gr.Row(elem_id="archive-top"):
        search_box = _search_box(i18n)
        rebuild = gr.Button(
            i18n("rebuild"), size="sm", elem_id="rebuild", visible=seeds is not None, scale=0
        )
    report = gr.HTML(elem_id="report", apply_default_css=False)
    if seeds is not None:
        _upload_fields(i18n, seeds, report)
    with gr.Row(elem_id="archive-panes"):
        words, facets = facets_column(i18n)
        table = gr.HTML(
            _table(archive, PageRequest()),
            elem_id="table",
            js_on_load=TABLE_JS,
            apply_default_css=False,
        )
        reader = gr.HTML(elem_id="reader", js_on_load=READER_JS, apply_default_css=False)
    _wire_table(archive, request, search_box, table, reader)
    wire_facets(archive, request, words, facets, table)
    if seeds is not None:
        rebuilt = _wire_rebuild(archive, seeds, request, rebuild, report, table)
        rebuilt.then(lambda shown: list_names(archive, shown.only), request, facets, **QUIET)


def _search_box(i18n: gr.I18n) -> gr.Textbox:
    return gr.Textbox(
        placeholder=i18n("find-hint"), label=i18n("find-hint"), show_label=False, container=False,
        elem_id="find", max_lines=1, max_length=200, scale=1,
    )  # fmt: skip


def _upload_fields(i18n: gr.I18n, seeds: Path, report: gr.HTML) -> None:
    """Lay out and wire the upload; a rebuild then adds the files to the index."""
    with gr.Accordion(i18n("add"), open=False, elem_id="uploads"):
        files = gr.File(file_count="multiple", show_label=False, height=120, elem_id="files")
        with gr.Row(elem_id="save-row"):
            gr.HTML(limits_html(), apply_default_css=False)
            save = gr.Button(i18n("save"), size="sm", elem_id="save", scale=0)

    def store(paths: list[str] | None) -> tuple[None, str]:
        uploads = [(Path(path).name, Path(path)) for path in paths or []]
        try:
            return None, results_html(store_uploads(uploads, seeds))
        except ArchiveError as error:
            return None, error_html(error)

    save.click(store, files, [files, report], **QUIET)


def _wire_table(
    archive: Archive, request: gr.State, search_box: gr.Textbox, table: gr.HTML, reader: gr.HTML
) -> None:
    """Searching, sorting, turning pages, and opening an article beside the table."""

    def find(words: str, request: PageRequest) -> tuple[PageRequest, str]:
        request = search_articles(request, words)
        return request, _table(archive, request)

    def press(request: PageRequest, event: gr.EventData, browser: gr.Request) -> tuple[Any, ...]:
        value = str(event.pressed)
        if not value.startswith(READ_PREFIX):
            request = press_button(request, value)
            return request, _table(archive, request), gr.skip()
        try:
            article = archive.article(decode_id(value.removeprefix(READ_PREFIX)))
            versions = archive.versions(article.id)
            panel = article_html(article, versions, browser_language(browser))
        except ArchiveError as error:
            panel = error_html(error)
        return request, gr.skip(), panel

    search_box.change(find, [search_box, request], [request, table], **QUIET)
    table.click(press, request, [request, table, reader], **QUIET)
    reader.click(lambda: "", None, reader, queue=False, **PRIVATE)


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
        progress: gr.Progress = gr.Progress(track_tqdm=True),  # noqa: B008 - how Gradio finds it
    ) -> tuple[str, str]:
        try:
            done = build(seeds, archive.place, encoder=archive.encoder, progress=True)
            outcome = report_html(done)
        except ArchiveError as error:
            outcome = error_html(error)
        return outcome, _table(archive, request)

    return button.click(
        rebuild_index, request, [report, table],
        show_progress="full", show_progress_on=report, **PRIVATE,
    )  # fmt: skip


def _table(archive: Archive, request: PageRequest) -> str:
    try:
        return table_html(archive.listing(request), request)
    except ArchiveError as error:  # a name of the filter is gone since a build
        return error_html(error)


def browser_language(request: gr.Request) -> str:
    """Return which of the page's two languages the browser prefers."""
    preferred = request.headers.get("accept-language", "").lower()
    return "zh" if preferred.startswith("zh") else "en"
