"""After a build its standing questions are asked; a failure is said and fails nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa import Archive
from qa.standing import after_build
from qa.standing.after_build import as_text, ask_after_build
from qa.standing.book import Book
from qa.standing.records import CheckReport
from tests.support.fakes import ROOT
from tests.support.standing import FERRY, StandingArchive

QUESTION = "How many people did the ferry to Oban carry?"


@pytest.fixture
def ours(standing: StandingArchive, monkeypatch: pytest.MonkeyPatch) -> StandingArchive:
    monkeypatch.setattr(Book, "of", lambda index: standing.book)
    opened = Archive.open(standing.index, encoder=standing.encoder, reader=standing.reader)  # type: ignore[arg-type]
    monkeypatch.setattr(Archive, "open", lambda index: opened)
    return standing


def test_questions_are_asked_and_a_line_says_so(
    ours: StandingArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    ours.add(QUESTION)
    ours.check()
    ours.build({"ferry.txt": FERRY})
    ask_after_build("index")
    assert capsys.readouterr().out.startswith(
        "1 standing questions: 1 read for again, 1 with news; 0."
    )


def test_what_fails_is_a_warning(
    ours: StandingArchive, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(index: str) -> None:
        raise ArchiveError("the disk is gone")

    ours.add(QUESTION)
    monkeypatch.setattr(Archive, "open", fail)
    ask_after_build("index")
    assert "warning: the standing questions were not asked: the disk is gone" in (
        capsys.readouterr().err
    )


def test_programs_are_counted() -> None:
    shown = as_text(CheckReport(questions=3, programs=2, failed=1))
    assert shown.endswith("; programs run: 2; programs failed: 1")


def test_without_questions_no_model_is_loaded(tmp_path: Path) -> None:
    code = (
        "from qa.standing.after_build import ask_after_build; import sys; ask_after_build('x');"
        "print([name for name in ('torch', 'gradio') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.stdout.strip() == "[]", done.stderr
    assert list(tmp_path.iterdir()) == []


def test_whatever_fails_is_a_warning(
    ours: StandingArchive, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(index: str) -> None:
        raise RuntimeError("out of paper\n  at line 3")

    ours.add(QUESTION)
    monkeypatch.setattr(Archive, "open", fail)
    ask_after_build("index")
    assert "warning: the standing questions were not asked: out of paper\n" in (
        capsys.readouterr().err
    )


def test_a_chat_that_asks_is_not_waited_for(
    ours: StandingArchive, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours.add(QUESTION)
    monkeypatch.setattr(after_build, "WAIT", 0.1)
    with ours.book.database.exclusively():
        ask_after_build("index")
    assert "asked by another process, such as a running chat" in capsys.readouterr().out


def test_a_data_folder_that_may_not_be_read_is_a_warning(
    ours: StandingArchive, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(file: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", refuse)
    ask_after_build("index")
    assert "Permission denied" in capsys.readouterr().err
