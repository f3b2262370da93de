"""PDFs that a test writes: pages of paragraphs, and hostile ones put together object by object."""

from collections.abc import Sequence
from pathlib import Path

import fpdf


def write_pdf(file: Path, pages: Sequence[Sequence[str]]) -> Path:
    """Write a PDF with these paragraphs on its pages."""
    pdf = fpdf.FPDF()
    pdf.set_font("Times", size=13)
    for paragraphs in pages:
        pdf.add_page()
        for text in paragraphs:
            pdf.multi_cell(0, 7, text, new_x="LMARGIN", new_y="NEXT")
            pdf.ln(4)
    pdf.output(str(file))
    return file


def assembled(objects: Sequence[str | bytes]) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is its catalogue."""
    data, offsets = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(data))
        body = each.encode("latin-1") if isinstance(each, str) else each
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(offsets) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, rows)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(data))
    return data + table + trailer


def stream(data: str | bytes, entries: str = "") -> bytes:
    """Return a stream object."""
    body = data.encode("latin-1") if isinstance(data, str) else data
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(body), entries.encode(), body)


def one_page(
    text: str,
    *,
    page: str = "",
    catalogue: str = "",
    font: str = "",
    more: Sequence[str | bytes] = (),
) -> bytes:
    """Return a PDF of one page with a line of text.

    Args:
        text: What stands between the brackets or angles of `Tj`, with these.
        page: Further entries of the page; its own size and contents may be replaced.
        catalogue: Further entries of the catalogue.
        font: The font object instead of Helvetica.
        more: Further objects, from number 6 on.
    """
    size = "" if "/MediaBox" in page else "/MediaBox [0 0 600 800]"
    return assembled([
        f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {size} /Contents 4 0 R "
        f"/Resources << /Font << /F 5 0 R >> >> {page} >>",
        stream(f"BT /F 14 Tf 60 700 Td {text} Tj ET"),
        font or "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *more,
    ])  # fmt: skip
