"""The command: add, list, remove, check."""

import sys

import pytest

from index.errors import run
from qa import Archive
from qa.standing.__main__ import main
from qa.standing.book import Book
from tests.support.standing import FERRY, LATER, StandingArchive

QUESTION = "How many people did the ferry to Oban carry?"


@pytest.fixture(autouse=True)
def ours(standing: StandingArchive, monkeypatch: pytest.MonkeyPatch) -> StandingArchive:
    monkeypatch.setattr(Book, "of", lambda index: standing.book)
    opened = Archive.open(standing.index, encoder=standing.encoder, reader=standing.reader)  # type: ignore[arg-type]
    monkeypatch.setattr(Archive, "open", lambda index: opened)
    return standing


def test_a_question_is_added_and_asked_at_once(
    ours: StandingArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    ours.build({"2025-10-27.txt": FERRY})
    assert run(main, [QUESTION, "--feed", "ferry", "--before", "2030-01-01"]) == 0
    assert capsys.readouterr().out == (
        "standing question 1, asked again after each build\nnow: 312 people\n"
    )
    ours.build({"2025-10-27.txt": LATER})
    assert run(main, ["--check"]) == 0
    out = capsys.readouterr().out
    assert f"Answered differently: {QUESTION}: 450 people" in out
    assert "1 standing questions: 1 read for again, 1 with news" in out
    assert run(main, ["--list"]) == 0
    out = capsys.readouterr().out
    assert f"     1 {QUESTION} (ferry, before 2030-01-01): 450 people" in out
    assert f"Answered differently: {QUESTION}: 312 people -> 450 people" in out
    assert run(main, ["--remove", "1"]) == 0
    assert run(main, ["--remove", "1"]) == 2
    assert run(main, ["--list"]) == 0
    assert "no standing questions\n\nlatest news" in capsys.readouterr().out


def test_a_program_takes_all_that_follows(
    ours: StandingArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    program = [sys.executable, "-c", "import sys; sys.exit('out of paper')", "--list"]
    assert run(main, [QUESTION, "--run", *program]) == 0
    assert ours.book.questions()[0].program == tuple(program)
    ours.build({"ferry.txt": FERRY})
    assert run(main, ["--check"]) == 0
    assert "programs failed: 1" in capsys.readouterr().out
    assert run(main, ["--list"]) == 0
    out = capsys.readouterr().out
    assert f"(news, runs {sys.executable})" in out
    assert "failed 1 times (exit status 1: out of paper), tried again at the next check" in out


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["Who?", "--list"], ["--list", "--check"], ["Who?", "--run"],
        ["--list", "--run", "echo"], ["Who?", "--feed", "../x"], [" "], ["Who?", "--after", "x"],
        ["a\ud800"], ["--remove", "9" * 20], ["--remove", "9" * 5000], ["--remove", "-1"],
        ["--list", "--feed", "x"], ["--check", "--after", "2025-01-01"],
        ["--remove", "1", "--language", "de"], ["--list", "--article", ""],
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused(ours: StandingArchive, arguments: list[str]) -> None:
    def status() -> object:
        try:
            return run(main, arguments)
        except SystemExit as end:  # argparse's own
            return end.code

    assert status() == 2
    assert len(ours.book) == 0


def test_nothing_hostile_reaches_the_terminal(
    ours: StandingArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(main, ["Who \x1b[31m\x07\u202e is it?" + " x" * 300]) == 0
    assert run(main, ["--list"]) == 0
    shown = capsys.readouterr().out
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert max(map(len, shown.splitlines())) < 300
