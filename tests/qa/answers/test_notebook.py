"""What a notebook shows of an answer: all of it as text."""

from dataclasses import replace

import pytest

from qa import AnswerItem
from tests.support.chats import SENTENCE, answer, citation
from tests.support.hostile import HOSTILE, ParsedHtml


def test_an_answer_is_shown_with_its_source() -> None:
    shown = ParsedHtml(answer("Ann Lee", citation(SENTENCE))._repr_html_()).text
    for part in ("Who opened the bridge?", "Ann Lee (90% confident)", SENTENCE, "2025-01-02"):
        assert part in shown


def test_a_refusal_says_so() -> None:
    html = answer(None, citation(SENTENCE))._repr_html_()
    assert "does not hold an answer" in ParsedHtml(html).text


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_becomes_markup(words: str) -> None:
    cited = replace(citation(SENTENCE), title=words, text=words, path=words)
    html = replace(answer("Ann Lee", cited), question=words, text=words)._repr_html_()
    parsed = ParsedHtml(html)
    assert set(parsed.tags) == {"b", "bdi", "blockquote", "br", "div", "p", "small"}
    assert parsed.attributes == [("dir", "auto")]
    assert parsed.text.count(words) == 5


def test_the_items_of_a_list_are_text() -> None:
    cited = citation(SENTENCE)
    items = (AnswerItem("Ann Lee", 34, 41, (cited,)), AnswerItem("<b onclick=x>", 0, 1, (cited,)))
    parsed = ParsedHtml(replace(answer("Ann Lee", cited), items=items)._repr_html_())
    assert "<b onclick=x>" in parsed.text
    assert parsed.tags.count("li") == 2
