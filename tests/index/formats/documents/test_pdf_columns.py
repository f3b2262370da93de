"""Pieces of lines: columns are taken apart, tables and single lines stay as they are."""

from index.formats.documents.pdf_columns import (
    Line,
    Segment,
    columns_apart,
    is_right_to_left,
    letters,
)


def row(left: str, right: str) -> Line:
    return [Segment(left, 0, 100), Segment(right, 150, 250)]


def texts(lines: list[Line]) -> list[list[str]]:
    return [[segment.text for segment in line] for line in columns_apart(lines)]


def test_columns_of_prose_come_one_after_the_other() -> None:
    lines = [row(f"the left line number {n}", f"the right line number {n}") for n in range(5)]
    left = [[f"the left line number {n}"] for n in range(5)]
    assert texts(lines) == left + [[f"the right line number {n}"] for n in range(5)]


def test_a_table_stays_row_by_row() -> None:
    lines = [row(f"Boat {n}", f"{n} t") for n in range(5)]
    assert texts(lines) == [[f"Boat {n}", f"{n} t"] for n in range(5)]


def test_letters_of_a_line_and_their_direction() -> None:
    assert letters(row("Oban", "ferry")) == "Obanferry"
    assert is_right_to_left("אבג a")
    assert not is_right_to_left("abc ג")
    assert not is_right_to_left("123")
