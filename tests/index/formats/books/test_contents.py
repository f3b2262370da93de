"""What a book states about itself."""

from index.formats.books.contents import Chapter, open_book
from index.formats.containers.package import open_package
from tests.support.books import epub
from tests.support.seed_streams import seed_of


def test_documents_chapters_and_metadata() -> None:
    data = epub({"b.xhtml": "x", "a.xhtml": "y"}, [("a.xhtml#f", "One  two"), ("b.xhtml", "Three")])
    with open_package(seed_of(data, "x.epub")) as package:
        book = open_book(package)
    assert book.documents == ("OEBPS/b.xhtml", "OEBPS/a.xhtml")
    assert book.chapters == (
        Chapter("OEBPS/a.xhtml", "f", "One two"), Chapter("OEBPS/b.xhtml", "", "Three"),
    )  # fmt: skip
    assert book.metadata == {
        "title": "The Light", "author": ["K. Eeper", "A. Other"], "date": ("2025-10-28",),
        "language": "en",
    }  # fmt: skip
    assert not book.encrypted
