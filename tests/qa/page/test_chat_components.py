"""The order of the components is that of the updates; the question has a name for everybody."""

import gradio as gr

from qa.page.chat_components import ChatComponents, question_box


def test_outputs_are_in_the_order_of_the_updates() -> None:
    names = ("conversation", "replies", "question_box", "start", "actions", "panel")
    parts = ChatComponents(*names)  # type: ignore[arg-type]
    assert parts.outputs() == list(names)


def test_a_question_has_a_label_for_screen_readers_and_a_button() -> None:
    with gr.Blocks():
        box = question_box(gr.I18n(en={"question": "Question", "question-hint": "Ask"}))
    assert "question" in str(box.label)
    assert box.submit_btn
