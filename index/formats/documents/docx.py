"""A Word file (.docx) -> its paragraphs and tables, title, author and day.

Headers, footers, notes, comments and pictures are not read.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from index.errors import UnreadableError, needed
from index.formats.limits import DOCUMENT, LARGEST
from index.formats.seed_file import PIECE, Draft, Seed

if TYPE_CHECKING:
    import docx.document
    import docx.table

XML = 5 * LARGEST  # bytes of a document's markup, unpacked
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def read_word(seed: Seed) -> Iterator[Draft]:
    with needed("documents"):
        import docx
    with seed.on_disk(DOCUMENT) as file:
        document = docx.Document(_markup_of(file))
    text = "\n\n".join(_paragraphs(document))
    if not text:
        raise UnreadableError("holds no text: pictures are not read")
    about = document.core_properties
    yield Draft(
        seed.place,
        text,
        {
            "title": about.title,
            "author": about.author,
            "date": about.created,
            "language": about.language.split("-")[0],
        },
    )


def _markup_of(file: BinaryIO) -> io.BytesIO:
    """A copy with its markup only: python-docx would unpack everything, however much it is."""
    left = XML
    copy = io.BytesIO()
    with zipfile.ZipFile(file) as packed, zipfile.ZipFile(copy, "w") as slim:
        for member in packed.infolist():
            if member.flag_bits & 1 or member.compress_type not in METHODS:
                raise UnreadableError("is encrypted, or packed in an unusual way: save it anew")
            with slim.open(member.filename, "w") as out:
                if not member.filename.lower().endswith((".xml", ".rels")):
                    continue  # its place must be there all the same
                with packed.open(member) as part:
                    while data := part.read(PIECE):
                        left -= len(data)
                        if left < 0:
                            raise UnreadableError(
                                f"unpacks to more than {XML // 1_000_000} MB of markup: split it"
                            )
                        out.write(data)
    copy.seek(0)
    return copy


def _paragraphs(where: "docx.document.Document | docx.table._Cell") -> Iterator[str]:
    """The paragraphs in their order; a row of a table is one."""
    for block in where.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                # a cell that spans columns comes once for each of them
                cells = dict.fromkeys(cell._tc for cell in row.cells)
                texts = (" ".join(_paragraphs(type(row.cells[0])(c, block))) for c in cells)
                if line := " | ".join(text for text in texts if text):
                    yield line
        elif text := block.text.strip():
            yield text
