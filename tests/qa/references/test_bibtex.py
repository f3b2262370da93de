"""BibTeX, as a parser from the registry reads it."""

import re
from dataclasses import replace

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware

from qa.references.bibtex import as_bibtex
from qa.references.item import csl_item
from tests.qa.references.test_item import CITED


def fields(text: str, *, decoded: bool = True) -> dict[str, str]:
    library = bibtexparser.parse_string(
        text, append_middleware=[LatexDecodingMiddleware()] if decoded else []
    )
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert entry.entry_type == "misc"
    return {field.key: str(field.value) for field in entry.fields}


def test_a_parser_reads_every_field() -> None:
    assert fields(as_bibtex(csl_item(CITED)), decoded=False) == {
        "title": "{The ferry}",
        "author": "{Ann Lee}",
        "date": "2025-10-28",
        "year": "2025",
        "month": "oct",
        "day": "28",
        "langid": "en",
        "pages": "12",
        "howpublished": r"a.zip\#ferry.pdf",
        "url": "https://news.example/ferry",
        "note": "0:01:05, “It carried 312 people.”",
    }


@pytest.mark.parametrize(
    "words",
    [
        "50% of $5 & #1 _x_ {y} ~z^2",
        "\\input{/etc/passwd} \\write18{rm}",
        "}} @misc{x, title={y}}",
        "{{{",
        "Lee, Ann and Ray, Bob",
        "אבי כהן & محمد",
        "渡轮载了三百人",
    ],
)
def test_titles_and_names_come_back_as_they_were(words: str) -> None:
    text = as_bibtex(csl_item(replace(CITED, title=words, author=words)))
    read = fields(text)
    for name in ("title", "author"):  # the parser drops braces, LaTeX prints them
        assert "".join(read[name].replace("ˆ", "^").split()) == re.sub(r"[{}\s]", "", words)


@pytest.mark.parametrize("words", ["}}} @misc(evil, title = {x})", "a { b", "\\} {\\"])
def test_every_brace_is_balanced_as_bibtex_counts_them(words: str) -> None:
    depth = 0
    for character in as_bibtex(csl_item(replace(CITED, title=words, author=words))).strip()[:-1]:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 1 or character in "@misc"
    assert depth == 1


def test_an_address_cannot_end_its_field() -> None:
    url = "https://a.example/x}},y={\\evil}%20_z?a=b&c=d#e"
    read = fields(as_bibtex(csl_item(replace(CITED, url=url))), decoded=False)
    assert read["url"] == "https://a.example/x%7D%7D,y=%7B%5Cevil%7D%20_z?a=b&c=d#e"
