"""The order of the components is that of the updates; the question has a name for everybody."""

from qa.page.chat_components import ChatComponents
from tests.support.gradio_pages import Page


def test_outputs_are_in_the_order_of_the_updates() -> None:
    names = ("conversation", "replies", "question_box", "start", "actions", "panel")
    parts = ChatComponents(*names)  # type: ignore[arg-type]
    assert parts.outputs() == list(names)


def test_a_question_has_a_label_for_screen_readers_and_a_button(chat_page: Page) -> None:
    box = chat_page.component("question")
    assert "question" in str(box.label)
    assert box.submit_btn
