"""`archive-qa source`: prints what a source says, or writes it to a new file."""

from pathlib import Path

import pytest

import app
from index.errors import ArchiveError
from qa.source_view.__main__ import main
from tests.support.builds import Make
from tests.support.pdfs import one_page

TEXT = "The ferry to Oban carried 312 people on Monday."


@pytest.fixture
def options(make: Make, tmp_path: Path) -> list[str]:
    make({"ferry.eml": f"From: Anna\nSubject: \x1b[31mFerry\n\n{TEXT}",
          "a.pdf": one_page(f"({TEXT})")})  # fmt: skip
    return ["--seeds", str(tmp_path / "seeds"), "--index", str(tmp_path / "index")]


def test_a_text_is_printed(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["source", "ferry.eml", *options]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("ferry.eml (.eml, 79 bytes)\nfrom: Anna\nsubject: [31mFerry\n")
    assert TEXT in printed


def test_a_file_is_written_but_never_overwritten(
    options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "out.pdf"
    assert main(["a.pdf", *options, "--output", str(file)]) == 0
    assert file.read_bytes() == (tmp_path / "seeds" / "a.pdf").read_bytes()
    assert "bytes written" in capsys.readouterr().err
    with pytest.raises(ArchiveError, match="exists already"):
        main(["a.pdf", *options, "--output", str(file)])
    with pytest.raises(ArchiveError, match="cannot be written"):
        main(["a.pdf", *options, "--output", str(tmp_path / "no" / "out.pdf")])
    main(["a.pdf", *options])
    assert "--output" in capsys.readouterr().out


@pytest.mark.parametrize("identity", ["other", "", "\0", "../a.pdf"])
def test_an_id_that_no_article_has(options: list[str], identity: str) -> None:
    with pytest.raises(ArchiveError, match="no article"):
        main([identity, *options])
