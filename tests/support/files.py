"""Files made for a test: a zip, a PDF."""

import datetime
import io
import zipfile
from collections.abc import Mapping
from typing import Any

import fpdf

DAY = datetime.datetime(2024, 2, 29, 12, tzinfo=datetime.UTC)  # when each PDF was made


def zipped(files: Mapping[str, Any]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def made(pages: list[list[str]], edges: bool = False, title: str = "Nine ships") -> bytes:
    file = fpdf.FPDF()
    file.set_title(title)
    file.set_author("K. Eeper")
    file.set_creation_date(DAY)
    file.set_font("Helvetica", size=12)
    for number, texts in enumerate(pages, start=1):
        file.add_page()
        if edges:
            file.cell(0, 10, "The Harbour Gazette", new_x="LMARGIN", new_y="NEXT")
        for text in texts:
            file.multi_cell(0, 6, text, align="L")
            file.ln(4)
        if edges:
            file.cell(0, 10, f"Page {number} of {len(pages)}")
    return bytes(file.output())
