"""Lists that are set in lines."""

import pytest

from qa.lists.lines import line_items, lines_around
from tests.support.quick import quick

DEMANDS = "What are the demands?"
BULLETS = "The demands:\n- more pay;\n- free parking; \n- a break\n\nThe end."
NUMBERED = "The demands:\n1. more pay\n2. free parking\n10) a break"
PLAIN = "The demands:\n\nmore pay\n\nfree parking\n\na break\n\nThe hospital answers next week."


def found(text: str, marked: str, question: str = DEMANDS) -> list[str]:
    start = text.index(marked)
    return [text[a:b] for a, b in line_items(question, text, start, start + len(marked))]


@pytest.mark.parametrize("text", [BULLETS, NUMBERED, PLAIN])
def test_lines_of_a_list(text: str) -> None:
    assert found(text, "free parking") == ["more pay", "free parking", "a break"]


@pytest.mark.parametrize("text", [BULLETS, NUMBERED, PLAIN])
def test_the_line_before_a_list_leads_to_it(text: str) -> None:
    assert found(text, "The demands") == ["more pay", "free parking", "a break"]


def test_an_answer_in_a_longer_line_is_no_list() -> None:
    text = "- Apple and Google rose by three percent\n- Rain fell in Oslo"
    assert found(text, "Apple and Google") == []


def test_short_lines_without_a_colon_are_no_list() -> None:
    assert found("A headline\nfree parking\nanother line", "free parking") == []


def test_prose_is_no_list() -> None:
    assert found("They want more pay. They want free parking.", "more pay") == []
    assert found("", "") == []


def test_a_row_belongs_to_a_table() -> None:
    text = "Town | Day\nOslo | Monday\nHull | Friday"
    assert found(text, "Oslo", "Which towns?") == ["Oslo", "Hull"]


def test_whole_lines() -> None:
    assert lines_around("a\n  b c \nd", 4, 5) == (4, 7)


@pytest.mark.parametrize("piece", ["- a\n", "\n", "1.", " | ", "- ", " ", "a:\n"])
def test_long_articles_take_no_long_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    with quick():
        line_items(DEMANDS, text, 50_000, 50_002)
