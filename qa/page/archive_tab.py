"""The archive tab in Gradio: the table of articles, reading one, adding some, rebuilding."""

from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import ArchiveError
from index.ingest.builder import build
from index.store.base.article_page import PageRequest
from qa.archive import Archive
from qa.chat.article_table import problem_html, report_html, searched, table_html, turned
from qa.chat.evidence import article_html
from qa.chat.plain_text import identity
from qa.chat.upload import LARGEST, MOST_FILES, take, taken_html
from qa.chat.words import PAGE, both

# Heads, titles and steps of the table are buttons; a click tells which.
LISTEN = """
element.addEventListener("click", event => {
    const pressed = event.target.closest?.("button.qa-press");
    if (pressed) trigger("click", {pressed: pressed.value});
});
"""
CLOSE = """
let pressed = null; // where Escape and the cross go back to
const close = () => { trigger("click"); pressed?.focus(); };
document.addEventListener("click", event => {
    pressed = event.target.closest?.(".qa-read") || pressed;
    if (event.target.closest?.("#reader .qa-close, #reader .qa-narrow")) close();
});
element.addEventListener("keydown", event => {
    if (event.key === "Escape") close();
});
watch("value", () => element.querySelector(".qa-text")?.focus({preventScroll: true}));
"""
PRIVATE: dict[str, Any] = {"api_visibility": "private"}


def archive_tab(archive: Archive, i18n: gr.I18n, seeds: Path | None) -> None:
    """Lay out the tab; `seeds` is the folder to add articles to, None: only reading is possible."""
    first = PageRequest()
    wanted = gr.State(first)
    with gr.Row(elem_id="shelf-top"):
        words = gr.Textbox(
            placeholder=i18n("find"), label=i18n("find"), show_label=False, container=False,
            elem_id="find", max_lines=1, max_length=200, scale=1,
        )  # fmt: skip
        rebuild = gr.Button(
            i18n("rebuild"), size="sm", elem_id="rebuild", visible=seeds is not None, scale=0
        )
    said = gr.HTML(elem_id="said", apply_default_css=False)
    if seeds is not None:
        _adding(i18n, seeds, said)
    with gr.Row(elem_id="shelf"):
        table = gr.HTML(
            table_html(archive.listing(first), first),
            elem_id="table",
            js_on_load=LISTEN,
            apply_default_css=False,
        )
        reader = gr.HTML(elem_id="reader", js_on_load=CLOSE, apply_default_css=False)

    def listed(wanted: PageRequest) -> str:
        return table_html(archive.listing(wanted), wanted)

    def find(words: str, wanted: PageRequest) -> tuple[PageRequest, str]:
        wanted = searched(wanted, words)
        return wanted, listed(wanted)

    def press(wanted: PageRequest, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        pressed = str(event.pressed)
        if not pressed.startswith("read-"):
            wanted = turned(wanted, pressed)
            return wanted, listed(wanted), gr.skip()
        try:
            read = archive.article(identity(pressed.removeprefix("read-")))
            shown = article_html(read, _spoken(request))
        except ArchiveError as error:
            shown = problem_html(error)
        return wanted, gr.skip(), shown

    def again(
        wanted: PageRequest,
        progress: gr.Progress = gr.Progress(track_tqdm=True),  # noqa: B008
    ) -> tuple[str, str]:
        assert seeds is not None
        try:
            report = report_html(
                build(seeds, archive.where, encoder=archive.encoder, progress=True)
            )
        except ArchiveError as error:
            report = problem_html(error)
        return report, listed(wanted)

    words.change(find, [words, wanted], [wanted, table], show_progress="hidden", **PRIVATE)
    table.click(press, wanted, [wanted, table, reader], show_progress="hidden", **PRIVATE)
    reader.click(lambda: "", None, reader, queue=False, **PRIVATE)
    if seeds is not None:
        rebuild.click(
            again, wanted, [said, table], show_progress="full", show_progress_on=said, **PRIVATE
        )


def _adding(i18n: gr.I18n, seeds: Path, said: gr.HTML) -> None:
    """Files to put into the seeds folder; a rebuild makes them known."""
    limits = both(*(PAGE[code]["limits"].format(MOST_FILES, LARGEST) for code in ("en", "zh")))
    with gr.Accordion(i18n("add"), open=False, elem_id="adding"):
        files = gr.File(file_count="multiple", show_label=False, height=120, elem_id="files")
        with gr.Row(elem_id="save-row"):
            gr.HTML(f'<p class="qa-count">{limits}</p>', apply_default_css=False)
            save = gr.Button(i18n("save"), size="sm", elem_id="save", scale=0)

    def add(files: list[str] | None) -> tuple[None, str]:
        named = [(Path(file).name, Path(file)) for file in files or []]
        try:
            return None, taken_html(take(named, seeds))
        except ArchiveError as error:
            return None, problem_html(error)

    save.click(add, files, [files, said], show_progress="hidden", **PRIVATE)


def _spoken(request: gr.Request) -> str:
    """The language of the browser, of those that the page speaks."""
    return "zh" if request.headers.get("accept-language", "").lower().startswith("zh") else "en"
