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
from index.formats.seed_file import Refused
from tests.support.reading import Read

TEXT = "The keeper counted nine ships before noon and wrote them into his book."
DAY = datetime.datetime(2024, 2, 29, 12)


def saved(document: Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


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


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            new.writestr(member.filename, changes.get(member.filename, old.read(member)))
    return file.getvalue()


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
