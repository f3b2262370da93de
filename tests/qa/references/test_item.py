"""What a reference says: what is known of a citation, on one line each."""

import datetime
from dataclasses import replace

import pytest

from index.article import Location
from qa.answers.citing import Citation
from qa.references.item import MAX_FIELD, csl_item

CITED = Citation(
    "ferry", "The ferry", datetime.date(2025, 10, 28), "en", "a.zip", "https://news.example/ferry",
    3, 50, "It carried 312 people.", "body", place="a.zip#ferry.pdf", location=Location(12, 65.5),
    author="Ann Lee", digest="ab" * 16,
)  # fmt: skip


def test_an_item_has_what_is_known() -> None:
    assert csl_item(CITED) == {
        "id": "archive-2025-abababababab-3",
        "type": "article-newspaper",
        "title": "The ferry",
        "author": [{"literal": "Ann Lee"}],
        "issued": {"date-parts": [[2025, 10, 28]]},
        "language": "en",
        "page": "12",
        "dimensions": "0:01:05",
        "URL": "https://news.example/ferry",
        "archive_location": "a.zip#ferry.pdf",
        "note": "“It carried 312 people.”",
    }


def test_what_is_unknown_is_left_out() -> None:
    bare = Citation("a", None, None, None, "a.txt", None, 0, 3, "Fog", "body")
    assert csl_item(bare) == {
        "id": "archive-nd-unknown-0",
        "type": "article-newspaper",
        "title": "a.txt",
        "archive_location": "a.txt",
        "note": "“Fog”",
    }


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "https://a b", "https://a\nER  - ", ""]
)
def test_only_web_addresses_are_passed_on(url: str) -> None:
    assert "URL" not in csl_item(replace(CITED, url=url))


def test_texts_are_one_line_without_what_hides_or_reorders() -> None:
    item = csl_item(
        replace(CITED, title="a\r\nER  - \n\u202eb\x00\u2028c\ud800", author="x" * 9999)
    )
    assert item["title"] == "a ER - b c"
    assert len(item["author"][0]["literal"]) == MAX_FIELD
    hebrew = "אבי כהן"
    assert csl_item(replace(CITED, author=hebrew))["author"] == [{"literal": hebrew}]
