"""The boxes of cited text on a PDF's pages: where PDFium saw its characters."""

from pathlib import Path

import fpdf
import pytest

from index.formats.documents.pdf_columns import Segment
from index.formats.documents.right_to_left import Glyph
from qa.source_view.pdf_marks import Box, _box, find_boxes
from tests.support.pdfs import one_page, write_pdf

LINE = "(The ferry carried 312 people on Monday.)"
STSONG = "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H " \
    "/DescendantFonts [6 0 R] >>"  # fmt: skip
DESCENDANT = [
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
    "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
]


def test_the_boxes_of_words_in_a_line() -> None:
    (box,) = find_boxes(one_page(LINE), 1, "carried 312 people")
    assert box.page == 1
    assert 110 < box.left < 125
    assert 230 < box.right < 240
    assert 690 < box.bottom < 700 < box.top < 715


@pytest.mark.parametrize(
    "page", ["/Rotate 90", "/MediaBox [50 60 650 860] /CropBox [55 65 600 800]", "/UserUnit 2"]
)
def test_boxes_are_in_the_units_of_the_page_however_it_is_turned_or_cut(page: str) -> None:
    assert find_boxes(one_page(LINE, page=page), 1, "312") == find_boxes(one_page(LINE), 1, "312")


def test_a_sentence_over_several_lines_and_two_pages(tmp_path: Path) -> None:
    sentence = "The keeper counted nine ships and ten boats that came in with herring. " * 3
    pdf = fpdf.FPDF(format=(120, 60))
    pdf.set_font("Times", size=12)
    pdf.add_page()
    pdf.multi_cell(0, 6, f"It rained on the quay that day. {sentence * 2}Fog came.")
    data = bytes(pdf.output())
    boxes = find_boxes(data, 1, sentence.strip() + " " + sentence.strip())
    assert {box.page for box in boxes} == {1, 2}
    assert [box.page for box in boxes] == sorted(box.page for box in boxes)
    assert len(boxes) > 4
    assert boxes[0].left > boxes[1].left  # the sentence begins within a line


def test_columns_drawn_row_by_row(tmp_path: Path) -> None:
    pdf = fpdf.FPDF()
    pdf.set_font("Times", size=11)
    pdf.add_page()
    left = [f"left line {n} says that boats came in" for n in range(8)]
    right = [f"right line {n} tells of the herring" for n in range(8)]
    for n, (one, two) in enumerate(zip(left, right, strict=True)):
        pdf.text(20, 30 + 6 * n, one)
        pdf.text(120, 30 + 6 * n, two)
    boxes = find_boxes(bytes(pdf.output()), 1, f"{left[2]} {left[3]}")
    assert len(boxes) == 2
    assert all(box.right < 300 for box in boxes)


def test_chinese_in_a_font_that_is_not_embedded() -> None:
    text = "渡轮星期一载了三百一十二人前往奥本。".encode("utf-16-be").hex()
    data = one_page(f"<{text}>", font=STSONG, more=DESCENDANT)
    (box,) = find_boxes(data, 1, "三百一十二人")
    assert 150 < box.left < 165
    assert 235 < box.right < 250


def test_a_right_to_left_line_is_marked_from_the_right() -> None:
    glyphs = tuple(Glyph(c, 10 * n, 10 * n + 9, 0, 12) for n, c in enumerate("גבא"))
    segment = Segment("אבג", 0, 29, glyphs)
    assert _box(1, segment, 0, 1) == Box(1, 20, 0, 29, 12)
    assert _box(1, segment, 1, 3) == Box(1, 0, 0, 19, 12)


def test_what_is_not_there_has_no_boxes(tmp_path: Path) -> None:
    data = one_page(LINE)
    assert find_boxes(data, 1, "carried 313 people") == []
    assert find_boxes(data, 9, "312") == []
    assert find_boxes(b"%PDF-1.7 no more", 1, "312") == []
    file = write_pdf(tmp_path / "a.pdf", [["It rained."], ["Nine ships."]])
    assert find_boxes(file.read_bytes(), 1, "Nine ships")[0].page == 2
