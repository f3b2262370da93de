"""The lines of a page come in reading order, column after column, and tables row by row."""

import textwrap
from collections.abc import Callable

import fpdf
import pypdfium2
import pytest

from index.formats.documents.pdf_lines import page_lines

TEXTS = (
    "The keeper of the lighthouse counted nine ships before noon and wrote them into his book, as "
    "he did on every day of the long and quiet summer of that year.",
    "In the evening the fog came in from the sea and the horn was blown until the morning, when "
    "the ferry found its way into the harbour of the town.",
    "Nobody knows who painted the boat that lies on the beach, but the children say that it was "
    "the old sailor from the north who left in March.",
)
Draw = Callable[[fpdf.FPDF], None]


def lines(draw: Draw) -> list[str]:
    file = fpdf.FPDF(unit="pt", format="a4")
    file.set_font("Helvetica", size=10)
    file.add_page()
    draw(file)
    return page_lines(pypdfium2.PdfDocument(bytes(file.output()))[0])


def columns(
    *texts: str, width: int, by_word: bool = False, gap: int = 14
) -> tuple[Draw, list[str]]:
    """Draw columns row by row; and their lines in reading order."""
    wrapped = [textwrap.wrap(text, width) for text in texts]

    def draw(file: fpdf.FPDF) -> None:
        step = max(file.get_string_width(line) for column in wrapped for line in column) + gap
        for i in range(max(map(len, wrapped))):
            for number, column in enumerate(wrapped):
                x = 30 + number * step
                for word in column[i].split() if by_word and i < len(column) else column[i : i + 1]:
                    file.text(x, 100 + 13 * i, word)
                    x += file.get_string_width(f"{word} ")

    return draw, [line for column in wrapped for line in column]


@pytest.mark.parametrize("by_word", [False, True])
@pytest.mark.parametrize(("count", "width"), [(2, 45), (2, 30), (3, 30)])
def test_columns_that_were_drawn_row_by_row(count: int, width: int, by_word: bool) -> None:
    draw, expected = columns(*TEXTS[:count], width=width, by_word=by_word)
    assert lines(draw) == expected


def test_columns_of_unequal_length() -> None:
    draw, expected = columns(TEXTS[0] * 2, TEXTS[1], width=40)
    assert lines(draw) == expected


def test_lines_across_the_columns_stay_above_and_below() -> None:
    draw, expected = columns(*TEXTS[:2], width=45)
    headline, foot = ("It runs over both of the columns of this page, and so it stays " + end
                      for end in ("on top of them both.", "below them all as well."))  # fmt: skip

    def draw_all(file: fpdf.FPDF) -> None:
        file.text(30, 80, headline)
        draw(file)
        file.text(30, 300, foot)

    assert lines(draw_all) == [headline, *expected, foot]


def test_a_table_stays_in_rows() -> None:
    rows = [
        ("Ward", "Turnout", "Chair"),
        ("North", "61%", "Marta Lind"),
        ("South", "55%", "Jon Lie"),
        ("East", "70%", "Eva Moe the younger"),
        ("West", "48%", "Bo Rask"),
    ]

    def draw(file: fpdf.FPDF) -> None:
        for i, row in enumerate(rows):
            for x, text in zip((40, 200, 330), row, strict=True):
                file.text(x, 80 + 14 * i, text)

    assert lines(draw) == ["\t".join(row) for row in rows]


def test_a_hyphen_ends_its_line() -> None:
    texts = ["The harbour master said that the ships were count-", "ed by the keeper of the light."]

    def draw(file: fpdf.FPDF) -> None:
        for i, text in enumerate(texts):
            file.text(40, 80 + 14 * i, text)

    assert lines(draw) == texts

    def draw_with_gap(file: fpdf.FPDF) -> None:
        draw(file)
        file.text(40, 40, "The Gazette")
        file.text(400, 40, "3")

    assert sorted(lines(draw_with_gap)) == sorted([*texts, "The Gazette\t3"])


def test_an_empty_page() -> None:
    assert lines(lambda file: None) == []
