"""Read a Word file (.docx): its paragraphs and tables, title, author and day.

Headers, footers, notes, comments and pictures are not read.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from index.errors import UnreadableError, requires_extra
from index.formats.limits import MAX_ARTICLE, MAX_DOCUMENT
from index.formats.seed_file import CHUNK, Draft, Seed

if TYPE_CHECKING:
    import docx.document
    import docx.table

MAX_MARKUP = 5 * MAX_ARTICLE  # bytes of a document's XML, unpacked
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def read_docx(seed: Seed) -> Iterator[Draft]:
    """Yield the document as one draft.

    Raises:
        UnreadableError: It is encrypted, too large or has no text, or python-docx is missing.
    """
    with requires_extra("documents"):
        import docx
    with seed.seekable(MAX_DOCUMENT) as file:
        document = docx.Document(_markup_only(file))
    text = "\n\n".join(_paragraphs(document))
    if not text:
        raise UnreadableError("has no text: pictures are not read")
    properties = document.core_properties
    yield Draft(
        seed.place,
        text,
        {
            "title": properties.title,
            "author": properties.author,
            "date": properties.created,
            "language": properties.language.split("-")[0],
        },
    )


def _markup_only(file: BinaryIO) -> io.BytesIO:
    """Copy the document with its XML only: python-docx would unpack all of it, at any size."""
    left = MAX_MARKUP
    copy = io.BytesIO()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(copy, "w") as target:
        for member in source.infolist():
            if member.flag_bits & 1 or member.compress_type not in METHODS:
                raise UnreadableError("is encrypted or compressed in an unusual way: save it again")
            with target.open(member.filename, "w") as out:
                if not member.filename.lower().endswith((".xml", ".rels")):
                    continue  # an empty member in its place, as others refer to it
                with source.open(member) as part:
                    while data := part.read(CHUNK):
                        left -= len(data)
                        if left < 0:
                            raise UnreadableError(
                                f"unpacks to more than {MAX_MARKUP // 1_000_000} MB of markup: "
                                "split it"
                            )
                        out.write(data)
    copy.seek(0)
    return copy


def _paragraphs(container: "docx.document.Document | docx.table._Cell") -> Iterator[str]:
    """Yield the paragraphs in order; a row of a table is one, its cells separated by " | "."""
    for block in container.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                # a cell that spans columns occurs once for each of them
                cells = dict.fromkeys(cell._tc for cell in row.cells)
                texts = (" ".join(_paragraphs(type(row.cells[0])(c, block))) for c in cells)
                if line := " | ".join(text for text in texts if text):
                    yield line
        elif text := block.text.strip():
            yield text
