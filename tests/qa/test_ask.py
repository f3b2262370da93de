"""The module-level `answer()`."""

from collections.abc import Callable
from pathlib import Path

import pytest

import qa
from index.errors import ArchiveError
from qa import ask
from qa.archive import Archive
from tests.support.fakes import FakeEncoder, FakeReader


def test_the_index_is_opened_once_and_answers(
    make: Callable[..., object],
    tmp_path: Path,
    encoder: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make({"a.txt": "The ferry sails at nine."})
    folder = tmp_path / "index"
    archive = Archive.open(folder, encoder=encoder, reader=FakeReader("nine"))  # type: ignore[arg-type]
    opened: list[str] = []

    def open_archive(index: str) -> Archive:
        opened.append(index)
        return archive

    ask._opened.cache_clear()
    monkeypatch.setattr(Archive, "open", open_archive)
    assert qa.answer("When does the ferry sail?", folder).text == "nine"
    monkeypatch.chdir(tmp_path)
    assert qa.answer("When does the ferry sail?", index="index").text == "nine"
    assert opened == [str(folder)]
    ask._opened.cache_clear()


def test_a_missing_index_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="python -m index"):
        qa.answer("Who?", tmp_path / "nothing")
