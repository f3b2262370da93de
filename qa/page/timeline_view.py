"""The timeline beside the conversation: a plot of the numbers, and all values in a table."""

from collections.abc import Iterator
from typing import Any

import gradio as gr
import pandas as pd

from index.errors import ArchiveError
from qa.archive import Archive
from qa.chat.panel.evidence import error_html
from qa.chat.panel.over_time import plot_points, timeline_html
from qa.chat.turn import Reply
from qa.chat.words import WORDS

COLUMNS = {"day": "datetime64[ns]", "value": "float64"}
PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def add_timeline(archive: Archive, panel: gr.HTML, replies: gr.State) -> None:
    """Lay out the view, hidden, and fill it when "Over time" is chosen under an answer.

    Args:
        archive: Is asked for the timeline.
        panel: Passes on the clicks in the conversation.
        replies: The conversation.
    """
    with gr.Column(elem_id="timeline", min_width=0):
        table = gr.HTML(apply_default_css=False)
        plot = gr.LinePlot(
            x="day", y="value", height=240, show_label=False, visible=False, buttons=[],
            elem_id="timeline-plot",
        )  # fmt: skip

    def over_time(shown: list[Reply], event: gr.EventData) -> Iterator[tuple[str, Any]]:
        # Not the last question's, while this one is read for. The plot is hidden by timeline.css:
        # Gradio's fails if it is taken away and put back at once.
        yield "", gr.skip()
        turn = str(event.turn)
        reply = shown[int(turn)] if turn.isdecimal() and int(turn) < len(shown) else None
        if reply is None or reply.answer is None:
            yield "", gr.LinePlot(visible=False)
            return
        question = reply.answer.understood or reply.question
        try:
            asked = archive.earlier() if reply.earlier else archive
            entries = asked.timeline(question, **reply.search_filter.arguments())
        except ArchiveError as error:
            yield error_html(error, reply.language), gr.LinePlot(visible=False)
            return
        points = plot_points(entries)
        frame = pd.DataFrame(points, columns=list(COLUMNS)).astype(COLUMNS)
        words = WORDS[reply.language]
        plot = gr.LinePlot(
            value=frame, visible=bool(points), x_title=words["reported"], y_title=words["value"]
        )
        yield timeline_html(question, entries, reply.language), plot

    panel.over_time(over_time, replies, [table, plot], **PRIVATE)
