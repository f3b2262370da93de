"""Cells of an evaluation file: one line, printable, no formula, read back as written."""

import pytest

from qa.question_log.cells import quote_cell, unquote_cell


@pytest.mark.parametrize(
    "text",
    ["Who?", "=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''=1", "'tis", "＝1", "谁？", "می‌خواهم", "?"],
)
def test_cells_are_read_back(text: str) -> None:
    assert unquote_cell(quote_cell(text)) == text


@pytest.mark.parametrize("start", "=+-@＝＋－＠")
def test_no_cell_starts_like_a_formula(start: str) -> None:
    assert quote_cell(f'\t {start}HYPERLINK("x")')[0] == "'"


def test_control_characters_and_line_ends_are_spaces() -> None:
    assert quote_cell("a\tb\r\nc\x1b[31m\u202ed\x00\u2028e") == "a b c [31m d e"
