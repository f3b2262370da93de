"""The components of the chat tab: how they look, not what they do."""

from dataclasses import dataclass, fields
from typing import Any

import gradio as gr

FOCUS = "() => document.querySelector('#question textarea').focus()"
CHATBOT: dict[str, Any] = {
    "show_label": False,
    "container": False,
    "scale": 1,
    "height": 160,  # a minimum: page.css lets it fill the window
    "buttons": [],
    "feedback_options": None,
    "autoscroll": False,  # that goes to the end; SCROLL_TO_QUESTION to the start of the reply
    # Replies are HTML that shows all text literally; also turn off what Gradio might read into it.
    "sanitize_html": True,
    "latex_delimiters": [],
    "allow_tags": False,
}


@dataclass(frozen=True, slots=True)
class ChatComponents:
    """The components that an answer updates, in the order of the updates."""

    conversation: gr.Chatbot
    replies: gr.State
    question_box: gr.Textbox
    start: gr.HTML
    actions: gr.Row  # new conversation, export
    panel: gr.HTML  # the article beside the conversation

    def outputs(self) -> list[Any]:
        """Return all components, for the `outputs` of an event."""
        return [getattr(self, field.name) for field in fields(self)]


def question_box(i18n: gr.I18n) -> gr.Textbox:
    """Return the field for the question, with its button."""
    return gr.Textbox(
        elem_id="question",
        placeholder=i18n("question-hint"),
        label=i18n("question"),
        show_label=False,
        container=False,
        autofocus=True,
        max_lines=5,
        submit_btn=True,
    )
