"""The formats by name, in Python and for several citations."""

import json
from dataclasses import replace

import bibtexparser
import pytest

import qa
from index.errors import ArchiveError
from qa.references.formats import FORMATS, reference, references
from qa.references.item import csl_item
from tests.qa.references.test_item import CITED


@pytest.mark.parametrize("format", FORMATS)
def test_each_format_holds_the_title(format: str) -> None:
    assert "The ferry" in qa.reference(CITED, format)


def test_csl_json_is_a_list_of_items() -> None:
    assert json.loads(reference(CITED, "csl-json")) == [csl_item(CITED)]
    both = references([CITED, replace(CITED, start=4)], "csl-json")
    assert [item["id"][-2:] for item in json.loads(both)] == ["-3", "-4"]


def test_several_entries_have_keys_of_their_own() -> None:
    both = references([CITED, replace(CITED, start=4)], "bibtex")
    library = bibtexparser.parse_string(both)
    assert len(library.entries) == 2
    assert library.failed_blocks == []


def test_another_format_is_refused() -> None:
    with pytest.raises(ArchiveError, match="no format 'word': choose bibtex, ris"):
        reference(CITED, "word")
