"""PDFs that a test writes: of several pages, in several scripts."""

from collections.abc import Sequence
from pathlib import Path

import fpdf

# Fonts of Debian's packages fonts-dejavu-core and fonts-noto-cjk
LATIN = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
CHINESE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


def write_pdf(file: Path, pages: Sequence[Sequence[str]], font: Path | None = None) -> Path:
    """Write a PDF with these paragraphs on its pages; without a font, in a Latin one."""
    pdf = fpdf.FPDF()
    if font:
        pdf.add_font("own", fname=str(font))
    pdf.set_text_shaping(font is not None)
    pdf.set_font("own" if font else "Times", size=13)
    for paragraphs in pages:
        pdf.add_page()
        for text in paragraphs:
            pdf.multi_cell(0, 7, text, new_x="LMARGIN", new_y="NEXT")
            pdf.ln(4)
    pdf.output(str(file))
    return file
