"""Read a Word file (.docx): its paragraphs, tables, text boxes and notes, title, author and day.

Text is read as Word shows it with all changes accepted. Headers, footers, comments, charts and
embedded files are not read but named; pictures are not read.
"""

import datetime
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from index.errors import UnreadableError, requires_extra
from index.formats.limits import MAX_ARTICLE, MAX_DOCUMENT
from index.formats.list_numbers.word import WordNumbers
from index.formats.seed_file import CHUNK, Draft, Omitted, Seed

from .docx_body import Body
from .docx_properties import W, local_name
from .page_numbers import is_page_number

if TYPE_CHECKING:
    import docx.document

MAX_MARKUP = 5 * MAX_ARTICLE  # bytes of a document's XML, unpacked
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# what programs write that know no date: python-docx's template, and the zeros of several clocks
NO_DATES = {(2013, 12, 23), (1601, 1, 1), (1899, 12, 30), (1900, 1, 1), (1970, 1, 1), (1980, 1, 1)}
NO_AUTHORS = {"python-docx"}


def read_docx(seed: Seed) -> Iterator[Draft | Omitted]:
    """Yield the document as one draft, then what of it was left out.

    Raises:
        UnreadableError: It is encrypted, too large or has no text, or python-docx is missing.
    """
    with requires_extra("documents"):
        import docx
    with seed.seekable(MAX_DOCUMENT) as file:
        document = docx.Document(_markup_only(file))
    body = Body(_numbers(document).label)
    blocks = [*body.blocks(document.element.body), *_notes(document, body)]
    omitted = body.omitted + _margins(document)
    left_out = ", ".join(f"{n} {what}{'s' * (n > 1)}" for what, n in omitted.items())
    if not blocks:
        missing = f": {left_out} cannot be read" if left_out else ": pictures are not read"
        raise UnreadableError(f"has no text{missing}")
    yield Draft(seed.place, "\n\n".join(blocks), _properties(document))
    if left_out:
        yield Omitted(seed.place, f"{left_out} left out")


def _properties(document: "docx.document.Document") -> dict[str, object]:
    """What the file states about itself; python-docx invents it where there is nothing."""
    if not any(True for _ in _parts(document.part.package, "core-properties")):
        return {}
    stated = document.core_properties
    created: datetime.datetime | None = stated.created
    known = created and (created.year, created.month, created.day) not in NO_DATES
    return {
        "title": stated.title,
        "author": None if stated.author in NO_AUTHORS else stated.author,
        "date": created if known else None,
        "language": stated.language.split("-")[0],
    }


def _parts(owner: Any, kind: str) -> Iterator[Any]:
    """Yield the parts of the package that `owner` refers to as `kind`."""
    for relation in owner.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            yield relation.target_part


def _roots(document: "docx.document.Document", kind: str) -> Iterator[Any]:
    from docx.oxml import parse_xml

    for part in _parts(document.part, kind):
        yield part.element if hasattr(part, "element") else parse_xml(part.blob)


def _numbers(document: "docx.document.Document") -> WordNumbers:
    lists, styles = (next(_roots(document, kind), None) for kind in ("numbering", "styles"))
    return WordNumbers(lists, styles)


def _notes(document: "docx.document.Document", body: Body) -> Iterator[str]:
    """Yield the footnotes, then the endnotes, that the text refers to."""
    for kind in ("footnote", "endnote"):
        texts = {
            note.get(f"{W}id"): note
            for root in _roots(document, f"{kind}s")
            for note in root
            if local_name(note) == kind
        }
        for which, number in list(body.notes):
            if which == kind and number in texts:
                yield from body.blocks(texts[number])


def _margins(document: "docx.document.Document") -> Counter[str]:
    """Count the headers and footers that say more than which page it is."""
    counts: Counter[str] = Counter()
    for kind in ("header", "footer"):
        texts = {" ".join(Body().blocks(root)) for root in _roots(document, kind)}
        if count := sum(any(map(str.isalpha, t)) and not is_page_number(t) for t in texts):
            counts[kind] = count
    return counts


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
