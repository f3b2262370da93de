"""Word files become articles: paragraphs and tables in order; bombs are refused."""

import datetime
import io
import sys
import zipfile

import docx
import pytest
from docx.document import Document

from index.article import Article
from index.formats.documents.docx import MAX_MARKUP
from index.formats.seed_file import Omitted, Refused
from tests.support.reading import Read
from tests.support.word_markup import NAMESPACES, paragraph, repacked, run, saved, written

TEXT = "The keeper counted nine ships before noon and wrote them into his book."
DAY = datetime.datetime(2024, 2, 29, 12)


@pytest.fixture
def document() -> Document:
    made = docx.Document()
    about = made.core_properties
    about.title, about.author, about.created, about.language = (
        "Nine ships",
        "K. Eeper",
        DAY,
        "en-GB",
    )
    made.add_heading("Nine ships")
    made.add_paragraph(TEXT)
    return made


def test_paragraphs_and_properties(read: Read, document: Document) -> None:
    document.add_paragraph("港务局周二开会。", style="List Bullet")
    [article] = read("a.docx", saved(document))
    assert article.text == f"Nine ships\n\n{TEXT}\n\n港务局周二开会。"
    assert (article.title, article.author) == ("Nine ships", "K. Eeper")
    assert (article.date, article.language) == (DAY.date(), "en")
    assert (article.id, article.path) == ("a.docx", "a.docx")


def test_tables_are_read_in_place_row_by_row(read: Read, document: Document) -> None:
    table = document.add_table(rows=2, cols=3)
    for row, words in zip(
        table.rows, (("Ship", "Flag", "Noon"), ("Ada", "NO", "yes")), strict=True
    ):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    table.rows[0].cells[1].merge(table.rows[0].cells[2])
    table.rows[1].cells[0].add_table(1, 1).rows[0].cells[0].text = "inner"
    document.add_paragraph("The end.")
    [article] = read("a.docx", saved(document))
    after = article.text.split(TEXT)[1].split("\n\n")
    assert after == ["", "Ship | Flag Noon", "Ada inner | NO | yes", "The end."]


def test_pictures_are_ignored(read: Read, document: Document) -> None:
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (9, 9)).save(picture, "png")
    document.add_picture(picture)
    [article] = read("a.docx", saved(document))
    assert article.text == f"Nine ships\n\n{TEXT}"


def test_a_document_inside_an_archive(read: Read, document: Document) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("b/c.docx", saved(document))
    [article] = read("a.zip", file.getvalue())
    assert (article.id, article.title) == ("a.zip#b/c.docx", "Nine ships")


def test_an_empty_document_is_refused(read: Read) -> None:
    [refused] = read("a.docx", saved(docx.Document()))
    assert refused == Refused("a.docx", "has no text: pictures are not read")


def test_broken_properties_are_ignored(read: Read, document: Document) -> None:
    data = saved(document)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        core = packed.read("docProps/core.xml")
    day = DAY.isoformat().encode()
    assert day in core
    [article] = read("a.docx", repacked(data, {"docProps/core.xml": core.replace(day, b"May")}))
    assert (article.title, article.date) == ("Nine ships", None)


@pytest.mark.parametrize(
    ("created", "day"),
    [
        ("2013-12-23T23:15:00Z", None),  # of the template of python-docx
        ("1970-01-01T00:00:00Z", None),
        ("1601-01-01T00:00:00Z", None),
        ("2013-12-24T10:00:00Z", datetime.date(2013, 12, 24)),
    ],
)
def test_dates_that_no_one_stated(
    read: Read, document: Document, created: str, day: datetime.date | None
) -> None:
    document.core_properties.created = datetime.datetime.fromisoformat(created)
    [article] = read("a.docx", saved(document))
    assert article.date == day


def test_a_document_by_python_docx_states_nothing(read: Read) -> None:
    document = docx.Document()
    document.add_paragraph(TEXT)
    [article] = read("a.docx", saved(document))
    assert (article.title, article.author, article.date) == (None, None, None)


def test_missing_properties_are_not_made_up(read: Read, document: Document) -> None:
    data = saved(document)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        relations = packed.read("_rels/.rels").replace(b"/core-properties", b"/other")
    [article] = read("a.docx", repacked(data, {"_rels/.rels": relations}))
    assert (article.author, article.date) == (None, None)
    assert article.title == "Nine ships"  # its heading, not "Word Document"


def with_parts(document: Document, **parts: str) -> bytes:
    """Add footnotes or endnotes (the markup of the notes) to a document."""
    data = saved(document)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        types = packed.read("[Content_Types].xml")
        relations = packed.read("word/_rels/document.xml.rels")
    changes = {}
    for name, markup in parts.items():
        changes[f"word/{name}.xml"] = f"<w:{name} {NAMESPACES}>{markup}</w:{name}>".encode()
        kind = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
        override = f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/></Types>'
        types = types.replace(b"</Types>", override.encode())
        target = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + name
        relation = f'<Relationship Id="x{name}" Type="{target}" Target="{name}.xml"/>'
        relations = relations.replace(b"</Relationships>", f"{relation}</Relationships>".encode())
    changes |= {"[Content_Types].xml": types, "word/_rels/document.xml.rels": relations}
    return repacked(data, changes)


def test_footnotes_and_endnotes_follow_the_text(read: Read) -> None:
    refer = '<w:r><w:{}Reference w:id="{}"/></w:r>'
    document = written(
        paragraph("The old ", refer.format("endnote", 2), "port", refer.format("footnote", 2), ".")
        + paragraph("It closed.")
    )
    note = '<w:{}note w:id="{}">{}</w:{}note>'
    data = with_parts(
        document,
        footnotes=note.format(
            "foot", 2, paragraph("Built in 1911.") + paragraph("Or 1912."), "foot"
        )
        + note.format("foot", 3, paragraph("Nothing refers here."), "foot"),
        endnotes=note.format(
            "end", 2, paragraph("<w:ins>" + run("See the map.") + "</w:ins>"), "end"
        ),
    )
    [article] = read("a.docx", data)
    assert article.text.split("\n\n") == [
        "The old port.", "It closed.", "Built in 1911.", "Or 1912.", "See the map.",
    ]  # fmt: skip


def test_headers_and_footers_are_named_unless_they_only_number_pages(
    read: Read, document: Document
) -> None:
    section = document.sections[0]
    section.footer.paragraphs[0].text = "Page 1 of 3"
    assert len(read("a.docx", saved(document))) == 1
    section.header.paragraphs[0].text = "The Harbour Gazette"
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Oslo, in May"
    article, omitted = read("a.docx", saved(document))
    assert "Gazette" not in article.text
    assert omitted == Omitted("a.docx", "2 headers left out")


def test_what_was_left_out_is_named(read: Read) -> None:
    markup = paragraph(TEXT, "<w:r><w:drawing><c:chart/></w:drawing></w:r>" * 2)
    article, omitted = read("a.docx", saved(written(markup + "<w:altChunk/>")))
    assert article.text == TEXT
    assert omitted == Omitted("a.docx", "2 charts, 1 embedded document left out")
    [refused] = read("a.docx", saved(written("<w:altChunk/>")))
    assert refused.why == "has no text: 1 embedded document cannot be read"


BOMB = 30 * b"<!--" + bytes(60_000_000)


def test_a_bomb_is_refused(read: Read, document: Document) -> None:
    data = repacked(saved(document), {"word/document.xml": BOMB})
    assert len(data) < 200_000
    [refused] = read("a.docx", data)
    assert refused == Refused("a.docx", "unpacks to more than 50 MB of markup: split it")


def test_a_bomb_in_place_of_a_picture_is_never_unpacked(read: Read, document: Document) -> None:
    data = repacked(saved(document), {"docProps/thumbnail.jpeg": BOMB})
    [article] = read("a.docx", data)
    assert article.title == "Nine ships"


def test_entities_are_neither_expanded_without_limit_nor_fetched(
    read: Read, document: Document
) -> None:
    data = saved(document)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        body = packed.read("word/document.xml")
    entities = b"<!ENTITY a 'ha'>" + b"".join(
        b"<!ENTITY %c '%s'>" % (b, b"&%c;" % a * 10)
        for a, b in zip(b"abcdefgh", b"bcdefghi", strict=True)
    )
    body = body.replace(b"<w:document", b"<!DOCTYPE w [" + entities + b"]><w:document", 1)
    items = read("a.docx", repacked(data, {"word/document.xml": body.replace(b"noon", b"&i;")}))
    assert all(isinstance(item, Refused) or len(item.text) < 200 for item in items)


def test_a_truncated_or_damaged_document_is_refused_or_complete(
    read: Read, document: Document
) -> None:
    data = saved(document)
    whole = read("a.docx", data)
    for at in range(0, len(data), len(data) // 40):
        [refused] = read("a.docx", data[:at])
        assert isinstance(refused, Refused)
        damaged = bytearray(data)
        damaged[at] ^= 0xFF
        [item] = read("a.docx", bytes(damaged))
        assert isinstance(item, Refused) or item.text == whole[0].text, at


def test_an_encrypted_document_is_refused(read: Read, document: Document) -> None:
    data = bytearray(saved(document))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "is encrypted or compressed in an unusual way" in read("a.docx", bytes(data))[0].why
    # what Word saves with a password is not a zip file at all
    [refused] = read("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000))
    assert "is not a zip file" in refused.why


def test_a_missing_package_is_reported_with_its_extra(
    read: Read, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = saved(document)
    assert isinstance(read("a.docx", data)[0], Article)
    monkeypatch.setitem(sys.modules, "docx", None)
    [refused] = read("a.docx", data)
    assert refused.why == "needs the package 'docx': pip install 'archive-qa[documents]'"
    assert MAX_MARKUP == 50_000_000
