"""PDFs become articles: lines joined to paragraphs; encrypted and damaged files are reported."""

import io
import logging
import sys

import fpdf
import pypdf
import pytest
from PIL import Image

from index.article import Location
from index.formats.documents.pdf import paragraphs
from index.formats.seed_file import Omitted, Refused
from tests.support.files import DAY, made
from tests.support.reading import Read

TEXT = "The lighthouse keeper counted nine ships before noon and wrote them into his book. " * 4


def locked(data: bytes, user: str, algorithm: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user, "owner", algorithm=algorithm)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_paragraphs_and_properties(read: Read) -> None:
    [article] = read("a.pdf", made([[f"{TEXT}One.", f"{TEXT}Two."]]))
    assert article.text == f"Nine ships\n\n{TEXT}One.\n\n{TEXT}Two."
    assert (article.title, article.author, article.date) == ("Nine ships", "K. Eeper", DAY.date())
    assert (article.id, article.path, article.language) == ("a.pdf", "a.pdf", "en")


def test_sentences_continue_over_pages_without_running_lines(read: Read) -> None:
    half, rest = TEXT + "The sentence begins here and", "ends on the next page."
    article, omitted = read("a.pdf", made([[half], [rest, half], [rest]], edges=True))
    assert omitted == Omitted(
        "a.pdf", 'repeated at the edges of pages, left out: "The Harbour Gazette"'
    )
    assert article.text == "\n\n".join(["Nine ships", f"{half} {rest}", f"{half} {rest}"])


@pytest.mark.parametrize("title", ["Microsoft Word - a.doc", "untitled", "final.indd", ""])
def test_a_title_that_is_a_file_name_is_dropped(read: Read, title: str) -> None:
    [article] = read("a.pdf", made([[TEXT]], title=title))
    assert (article.title, article.text) == (None, TEXT.strip())


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("Nine ships were counted on the\nday.", ["Nine ships were counted on the day."]),
        ("Die Hoch-\nund Tiefbauten sind fertig.", ["Die Hoch- und Tiefbauten sind fertig."]),
        (
            "Note 3\nThe ships were counted again today.",
            ["Note 3", "The ships were counted again today."],
        ),
        ("Nine ships were count-\ned today, and ten", ["Nine ships were counted today, and ten"]),
        ("Japan-\nU.S. talks go on and on", ["Japan-U.S. talks go on and on"]),
        ("港务局周二开会，同意\n疏浚北航道。", ["港务局周二开会，同意疏浚北航道。"]),
        ("Done.\nThis is a line that is longer", ["Done.", "This is a line that is longer"]),
        ("", []),
        (" \n\n", []),
    ],
)
def test_lines_are_joined(lines: str, text: list[str]) -> None:
    assert [paragraph for paragraph, _ in paragraphs([lines.split("\n")])] == text


@pytest.mark.parametrize(
    ("pages", "begins"),
    [
        (["Nine ships were count-", "ed today, and ten more"], [{1: 0, 2: 21}]),
        (["Die Hoch-", "und Tiefbauten sind"], [{1: 0, 2: 10}]),
        (["港务局周二开会，同意", "疏浚北航道。"], [{1: 0, 2: 10}]),
        (["", "One ship", "", "came in"], [{2: 0, 4: 9}]),
        (["All done.\nThis is a line that is longer", "Then it rained."], [{1: 0}, {2: 30}]),
    ],
)
def test_pages_begin_where_their_first_line_does(
    pages: list[str], begins: list[dict[int, int]]
) -> None:
    lines = [page.split("\n") if page else [] for page in pages]
    assert [found for _, found in paragraphs(lines)] == begins


def test_the_page_of_every_sentence_is_known(read: Read) -> None:
    """Without the title, which the file states, and across headers and words that were split."""
    pages = [
        f"{TEXT}The harbour mas-",
        f"ter spoke on page two. {TEXT}And",
        f"left on page three. {TEXT}",
    ]
    article, omitted = read("a.pdf", made([[page] for page in pages], edges=True))
    assert "The Harbour Gazette" in omitted.what
    text = article.text
    words = ("Nine ships", "The harbour master", "spoke on page two", "left on page three")
    found = [article.location(text.index(word)) for word in words]
    assert found == [None, Location(page=1), Location(page=2), Location(page=3)]
    assert len(article.anchors) == 3
    assert text[article.anchors[1].start :].startswith("ter spoke")


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_passwords(read: Read, algorithm: str) -> None:
    whole = made([[TEXT]])
    [article] = read("a.pdf", locked(whole, "", algorithm))
    assert article.text == f"Nine ships\n\n{TEXT.strip()}"
    [refused] = read("a.pdf", locked(whole, "secret", algorithm))
    assert refused.why == "is encrypted and needs a password: save it without one"


def test_a_pdf_without_text_is_refused(read: Read) -> None:
    [refused] = read("a.pdf", made([[]]))
    assert refused == Refused("a.pdf", "has no text, perhaps only scanned pages: run OCR on it")


def test_a_truncated_pdf_is_refused(read: Read) -> None:
    whole = made([[TEXT]] * 3)
    for at in [*range(0, len(whole), len(whole) // 15), len(whole) - 8]:
        [refused] = read("a.pdf", whole[:at])
        assert isinstance(refused, Refused), at


def test_a_lost_page_is_reported(read: Read) -> None:
    whole = made([[f"{word}. {TEXT}"] for word in ("One", "Two", "Three")])
    second = whole.index(b"stream\n", whole.index(b"endstream") + 9)
    lost = whole[: second + 9] + whole[whole.index(b"endstream", second) :]
    article, refused = read("a.pdf", lost)
    assert "One." in article.text
    assert "Three." in article.text
    assert "Two." not in article.text
    assert refused.place == "a.pdf"
    assert refused.why.startswith("is damaged: no text can be extracted from page 2 of 3 (")


@pytest.mark.parametrize(
    "lines",
    [
        [f"Revenue in {2021 + n} was {310 + 7 * n * n} million kroner." for n in range(4)],
        [f"{n} March 2025" for n in (3, 10, 17, 24)],
        [f"Turnout {n}%" for n in (61, 55, 70, 48)],
    ],
)
def test_lines_that_differ_in_numbers_are_read(read: Read, lines: list[str]) -> None:
    [article] = read(
        "a.pdf", made([[line, f"Chapter {i}. {TEXT}"] for i, line in enumerate(lines)])
    )
    assert [block for block in article.text.split("\n\n") if block in lines] == lines
    [article] = read(
        "a.pdf", made([[f"Chapter {i}. {TEXT}", line] for i, line in enumerate(lines)])
    )
    assert all(line in article.text for line in lines)


def test_scanned_pages_among_others_are_named(read: Read) -> None:
    file = fpdf.FPDF()
    file.set_font("Helvetica", size=12)
    for number in range(4):
        file.add_page()
        if number % 2:
            file.image(Image.new("RGB", (9, 9)), w=100)
        elif number:  # the first page is blank: that is no loss
            file.multi_cell(0, 6, TEXT)
    article, omitted = read("a.pdf", bytes(file.output()))
    assert article.text == TEXT.strip()
    assert omitted == Omitted("a.pdf", "page 2, 4 of 4 has only pictures: run OCR on it")


def test_damage_neither_raises_nor_prints(read: Read, capfd: pytest.CaptureFixture[str]) -> None:
    whole = made([[TEXT]])
    for at in range(0, len(whole), 37):
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF
        assert 1 <= len(read("a.pdf", bytes(damaged))) <= 2
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("pypdf").handlers == []


def test_a_pdf_inside_a_compressed_file(read: Read) -> None:
    import gzip

    [article] = read("a.pdf.gz", gzip.compress(made([[TEXT]])))
    assert article.title == "Nine ships"


def test_too_much_text_for_one_article_is_refused(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.formats.documents.pdf.MAX_ARTICLE", 500)
    [refused] = read("a.pdf", made([[TEXT]] * 2))
    assert "of text: split it" in refused.why


def test_a_bomb_is_refused(read: Read) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made([[TEXT]])))
    stream = pypdf.generic.DecodedStreamObject()
    stream.set_data(b" " * 200_000_000)
    writer.pages[0][pypdf.generic.NameObject("/Contents")] = writer._add_object(
        stream.flate_encode()
    )
    file = io.BytesIO()
    writer.write(file)
    assert len(file.getvalue()) < 1_000_000
    [refused] = read("a.pdf", file.getvalue())
    assert isinstance(refused, Refused)


def test_a_missing_package_is_reported_with_its_extra(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in ("pypdf", "pypdfium2"):
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, package, None)
            [refused] = read("a.pdf", b"%PDF-1.4")
        why = f"needs the package '{package}': pip install 'archive-qa[documents]'"
        assert refused.why == why
