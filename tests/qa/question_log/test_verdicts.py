"""Verdicts become questions with expected answers, in a file that `evaluate` reads."""

import stat
from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa.evaluation.datasets import read_cases
from qa.question_log.log import Entry
from qa.question_log.verdicts import expected_answers, export_verdicts


def verdict(question: str, verdict: str, text: str | None = "red", **more: object) -> Entry:
    return {"question": question, "verdict": verdict, "text": text, **more}


def test_what_each_verdict_says_of_the_expected_answer() -> None:
    entries = [
        verdict("Colour?", "right"),
        verdict("Size?", "wrong"),
        verdict("Owner?", "other"),
        verdict("Price?", "right", None),
        verdict("Age?", "wrong", None),
        {"question": "Not judged?", "answered": True, "text": "x"},
    ]
    assert expected_answers(entries) == {
        "Colour?": "red", "Size?": "?", "Owner?": "?", "Price?": "", "Age?": "?",
    }  # fmt: skip


def test_the_latest_verdict_counts() -> None:
    entries = [verdict("A?", "wrong"), verdict("B?", "right"), verdict("A?", "right", "blue")]
    assert list(expected_answers(entries).items()) == [("B?", "red"), ("A?", "blue")]


def test_follow_ups_are_completed_and_what_does_not_stand_alone_is_left_out() -> None:
    entries = [
        verdict("And when?", "right", understood="When did it open?"),
        verdict("And he?", "other", understood="Did Ann open it?"),
        verdict("Here?", "right", narrowed=True),
    ]
    assert expected_answers(entries) == {"When did it open?": "red"}


def test_hostile_questions_survive_as_text(tmp_path: Path) -> None:
    questions = ['=HYPERLINK("http://x")', "@x", "a\tb\n\x1b]0;x\x07c", "<b>?</b>", "'=1"]
    file = tmp_path / "own.txt"
    assert export_verdicts([verdict(q, "right", "-1") for q in questions], file) == 5
    assert not {"\x1b", "\x07"} & set(file.read_text("utf-8"))
    assert all(line[0] not in "=+-@" for line in file.read_text("utf-8").splitlines())
    cases = read_cases(file)
    assert [case.question for case in cases] == [
        '=HYPERLINK("http://x")', "@x", "a b ]0;x c", "<b>?</b>", "'=1",
    ]  # fmt: skip
    assert {case.answers for case in cases} == {("-1",)}


def test_the_file_is_private_and_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "own.txt"
    export_verdicts([verdict("A?", "wrong")], file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (case,) = read_cases(file)
    assert (case.answers, case.known) == ((), False)
    with pytest.raises(ArchiveError, match="exists: name a new file"):
        export_verdicts([verdict("A?", "right")], file)
    with pytest.raises(ArchiveError, match="cannot write"):
        export_verdicts([verdict("A?", "right")], tmp_path / "none" / "own.txt")


def test_without_verdicts_there_is_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no verdict to export"):
        export_verdicts([{"question": "A?"}], tmp_path / "own.txt")
    assert not (tmp_path / "own.txt").exists()
