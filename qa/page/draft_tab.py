"""The tab that checks a draft: a text is pasted or uploaded, and shown with what was found."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import ArchiveError
from qa.archive import Archive
from qa.chat.article_table import error_html
from qa.chat.panel.draft_report import draft_report_html
from qa.chat.words import WORDS
from qa.drafts.checking import MAX_BYTES
from qa.drafts.reading import KINDS, read_draft

from .visiting import browser_language, visitor

PRIVATE: dict[str, Any] = {"api_visibility": "private"}


def draft_tab(archive: Archive, i18n: gr.I18n, *, uploads: bool) -> list[Any]:
    """Lay out the tab inside an open `gr.Blocks`; return what takes the role to add files.

    Without `uploads`, a draft can only be pasted.
    """
    text = gr.Textbox(
        placeholder=i18n("draft-hint"), label=i18n("draft-hint"), show_label=False,
        container=False, elem_id="draft", lines=8, max_lines=16, max_length=MAX_BYTES,
    )  # fmt: skip
    with gr.Row(elem_id="draft-row"):
        check = gr.Button(i18n("check-draft"), size="sm", elem_id="check-draft", scale=0)
        file = gr.UploadButton(
            i18n("draft-file"),  # type: ignore[arg-type]
            size="sm", elem_id="draft-file", scale=0, visible=uploads,
            file_types=list(KINDS),
        )  # fmt: skip
    report = gr.HTML(elem_id="draft-report", apply_default_css=False)

    def check_text(draft: str, browser: gr.Request) -> str:
        return _checked(archive, lambda: draft, browser)[1]

    def check_file(path: str, browser: gr.Request) -> tuple[str, str]:
        return _checked(archive, lambda: read_draft(Path(path)), browser)

    shown = {
        "show_progress": "full", "show_progress_on": report,
        "concurrency_id": "drafts", "concurrency_limit": 1, **PRIVATE,
    }  # fmt: skip
    check.click(check_text, text, report, **shown)
    file.upload(check_file, file, [text, report], **shown)
    return [file] if uploads else []


def _checked(archive: Archive, read: Callable[[], str], browser: gr.Request) -> tuple[str, str]:
    """Return a draft, as far as the box can hold it, and the report on it or what went wrong."""
    draft = ""
    visitor(browser).note("asked", by="check_draft")
    try:
        draft = read()
        report = draft_report_html(draft, archive.check_draft(draft), browser_language(browser))
        return draft[:MAX_BYTES], report
    except ArchiveError as error:
        return draft[:MAX_BYTES], error_html(error, browser_language(browser))
    except Exception:  # the page keeps working; the details go to the terminal
        logging.exception("a draft could not be checked")
        failed = ArchiveError(WORDS[browser_language(browser)]["failed"])
        return draft[:MAX_BYTES], error_html(failed)
