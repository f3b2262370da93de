"""Printed lines of Hebrew and Arabic are read in order, numbers and Latin words within them too."""

import pytest

from index.formats.documents.right_to_left import Glyph, in_reading_order, with_brackets


def printed(visual: str, width: float = 5.0) -> list[Glyph]:
    """Characters from left to right, as they stand on paper."""
    return [Glyph(c, i * width, i * width + 4, 0, 10) for i, c in enumerate(visual)]


@pytest.mark.parametrize(
    ("visual", "text"),
    [
        ("םולש", "שלום"),
        (".תונחת עבש ,לקש 120 תולע", "עלות 120 שקל, שבע תחנות."),
        ("1,250,000 תולע", "עלות 1,250,000"),
        (".12/03/2025 םויב", "ביום 12/03/2025."),
        ("40-ל 12.5%-ב הלע", "עלה ב-12.5% ל-40"),
        ("2020-2025 םינשב", "בשנים 2020-2025"),
        ("₪40 ריחמ", "מחיר ₪40"),
        (".לארשיב IBM Israel תרבח", "חברת IBM Israel בישראל."),
        ("45 120 םירפסמ", "מספרים 120 45"),
        (".مالس", "سلام."),
        ("%12.5 وحن", "نحو 12.5%"),
        ("2025 - 2020", "2025 - 2020"),
        ("١٢٠ ددع", "عدد ١٢٠"),
        ("The word םולש means peace.", "The word שלום means peace."),
        ("No such letters (at all) 12%", "No such letters (at all) 12%"),
    ],
)
def test_reading_order(visual: str, text: str) -> None:
    assert in_reading_order(printed(visual)) == text
    if any("\u0590" < c < "\u0700" for c in visual):  # the order in the file does not matter
        assert in_reading_order(printed(visual)[::-1]) == text


def test_the_letters_of_a_ligature_stay_together() -> None:
    # PDFium gives a line from right to left, and turns ligatures round with it
    line = [Glyph("س", 20, 24, 0, 9), Glyph("ا", 10, 18, 0, 9), Glyph("ل", 10, 18, 0, 9)]
    assert in_reading_order([*line, Glyph("م", 5, 9, 0, 9)]) == "سلام"


def test_marks_stay_with_their_letter() -> None:
    line = [Glyph("ש", 10, 14, 0, 9), Glyph("\u05b8", 11, 13, 0, 1), Glyph("ם", 5, 9, 0, 9)]
    for order in (line, line[::-1]):
        assert in_reading_order(order) == "ש\u05b8ם"


def test_shapes_of_arabic_letters_become_letters() -> None:
    assert in_reading_order(printed("\ufee1\ufefc\ufeb3")) == "سلام"


def test_brackets_are_turned_round_where_the_page_has_them_as_they_look() -> None:
    assert with_brackets(["عدد )نحو(", "(في", "a) b"]) == ["عدد (نحو)", ")في", "a) b"]
    assert with_brackets(["عدد (نحو", "في) عام (ألف)"]) == ["عدد (نحو", "في) عام (ألف)"]
    assert with_brackets(["לפי IBM (סניף("]) == ["לפי IBM (סניף)"]
