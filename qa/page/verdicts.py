"""Verdicts on answers, and notices below the question box, in Gradio."""

from dataclasses import replace
from typing import Any

import gradio as gr

from qa.archive import Archive
from qa.chat.page_frame import notices_html
from qa.chat.turn import Reply
from qa.question_log.log import VERDICTS
from qa.server.identity.visitor import Visitor

from .visiting import browser_language, visitor

PRIVATE: dict[str, Any] = {"api_visibility": "private", "queue": False, "show_progress": "hidden"}


def notices(archive: Archive) -> gr.HTML:
    """Lay out the notices; a page that is loaded again shows those of that time."""

    def html(browser: gr.Request) -> str:
        chosen, void = archive.error_rate()
        return notices_html(
            logged=archive.log is not None, chosen=chosen, void=bool(void),
            language=browser_language(browser), not_asked=archive.not_asked(),
        )  # fmt: skip

    shown = gr.HTML(elem_id="notices", apply_default_css=False)
    gr.on(None, html, None, shown, **PRIVATE)  # whenever the page is loaded
    return shown


def wire_verdicts(archive: Archive, replies: gr.State, panel: gr.HTML) -> None:
    """Keep each verdict in the log and in the conversation, which is not drawn anew for it."""

    def judge(replies: list[Reply], event: gr.EventData, browser: gr.Request) -> list[Reply]:
        return with_verdict(archive, replies, str(event.verdict), visitor(browser))

    panel.judge(judge, replies, replies, trigger_mode="multiple", **PRIVATE)  # a second thought too


def with_verdict(
    archive: Archive, replies: list[Reply], value: str, sender: Visitor | None = None
) -> list[Reply]:
    """Put the verdict of a button, "<turn>-<verdict>", into the replies; log it too.

    The list itself changes: while a next answer streams, it is the one that this is added to.
    """
    turn, _, verdict = value.partition("-")
    if archive.log is None or verdict not in VERDICTS or not turn.isdecimal():
        return replies
    if len(turn) > 4 or int(turn) >= len(replies):
        return replies
    reply = replies[int(turn)]
    if reply.answer is not None:
        archive.log.judge(reply.answer, verdict, narrowed=bool(reply.search_filter))
        (sender or Visitor()).note("judged", verdict=verdict)
        replies[int(turn)] = replace(reply, verdict=verdict)
    return replies
