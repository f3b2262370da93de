"""Errors that visitors cause are said in the page's language; they are raised here for real."""

import datetime
import re
import string
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import ArchiveError
from index.store.base.search_filter import SearchFilter, unknown_article
from qa.answers.question import check_question
from qa.chat.phrases.problems import explain
from qa.chat.upload import MAX_MEGABYTES, store_uploads
from qa.chat.words import ERRORS, PAGE_LANGUAGES, missing
from qa.drafts.reading import read_draft
from qa.permalink import parse

DAY = datetime.date(2025, 1, 2)


def unknown() -> None:
    raise unknown_article("a'b'c")


def read(name: str, content: bytes) -> Callable[[Path], object]:
    def do(folder: Path) -> object:
        (folder / name).write_bytes(content)
        return read_draft(folder / name)

    return do


RAISING: dict[str, Callable[[Path], object]] = {
    "empty": lambda _: check_question(" "),
    "long": lambda _: check_question("x" * 12345),
    "days": lambda _: SearchFilter.of(after="2025-01-03", before="2025-01-02"),
    "day": lambda _: SearchFilter.of(after="unfinished"),
    "no-article": lambda _: unknown(),
    "no-permalink": lambda _: parse("nonsense"),
    "draft-kind": read("a.exe", b"x"),
    "draft-large": read("a.txt", b"x" * 10_000_001),
    "draft-no-text": read("a.txt", b" "),
    "uploads": lambda folder: store_uploads([("a", folder)] * 21, folder),
}


@pytest.mark.parametrize("key", RAISING)
def test_an_error_is_recognised(key: str, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as raised:
        RAISING[key](tmp_path)
    message = str(raised.value)
    for language in PAGE_LANGUAGES[1:]:
        said = explain(message, language)
        assert said != message
        literals = string.Formatter().parse(ERRORS[language][key])
        assert all(literal in said for literal, *_ in literals), (language, said)
    assert explain(message, "en") == message


def test_why_a_file_is_refused_is_recognised(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * (MAX_MEGABYTES * 1_000_000 + 1))
    uploads = [("a.zip", tmp_path / "large"), ("a.txt", tmp_path / "large")]
    kind, large = (str(one.reason) for one in store_uploads(uploads, tmp_path))
    assert explain(kind, "de").startswith("Dateien dieser Art werden nicht angenommen, nur .txt")
    assert explain(large, "ar") == "حجمه يتجاوز 10 ميغابايت"


def test_values_are_kept_and_never_read_as_placeholders() -> None:
    message = str(unknown_article("{0} {1.__class__} 'x': "))
    assert "{0} {1.__class__} 'x': " in explain(message, "fr")


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_no_translation_asks_for_a_value_that_there_is_not(language: str) -> None:
    for key, sentence in ERRORS[language].items():
        values, known = (set(re.findall(r"\{(\d)\}", s)) for s in (sentence, ERRORS["en"][key]))
        assert values <= known, key
    assert isinstance(missing(language), list)
