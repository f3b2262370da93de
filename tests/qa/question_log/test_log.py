"""The question log: what is kept, by several writers, within bounds, on a failing disk."""

import json
import logging
import multiprocessing
import os
import stat
import threading
from pathlib import Path
from typing import Any

import pytest

from index.errors import StorageError
from qa.question_log.log import REQUEST, QuestionLog, log_file, read_entries
from tests.support.builds import AsNobody
from tests.support.chats import an_answer, answer


@pytest.fixture
def log(tmp_path: Path) -> QuestionLog:
    return QuestionLog(tmp_path / "data" / "questions.jsonl")


def test_a_question_and_a_verdict_are_read_back(log: QuestionLog) -> None:
    log.record(an_answer(question="What did it cost?"))
    log.record(answer(None), narrowed=True)
    log.judge(an_answer(question="And =1\n\x1b[31m?", understood="What?"), "wrong")
    asked, refused, judged = read_entries(log.file)
    assert (asked["question"], asked["answered"], asked["text"], asked["confidence"]) == (
        "What did it cost?", True, "3.5 million euros", 0.9,
    )  # fmt: skip
    assert (refused["answered"], refused["text"], refused["narrowed"]) == (False, None, True)
    assert (judged["verdict"], judged["question"]) == ("wrong", "And =1\n\x1b[31m?")
    assert judged["understood"] == "What?"
    assert b"\x1b" not in log.file.read_bytes()


def test_it_holds_no_text_of_an_article_but_the_answer(log: QuestionLog) -> None:
    log.record(an_answer())
    (entry,) = read_entries(log.file)
    assert set(entry) == {
        "time", "question", "understood", "narrowed", "text", "answered", "confidence", "missing",
    }  # fmt: skip


def test_a_request_of_a_program_is_named(log: QuestionLog) -> None:
    token = REQUEST.set("mine-1")
    log.record(an_answer())
    REQUEST.reset(token)
    log.record(an_answer())
    named, unnamed = read_entries(log.file)
    assert named["request"] == "mine-1"
    assert "request" not in unnamed


def test_only_this_user_may_read_it(log: QuestionLog) -> None:
    log.record(an_answer())
    log.file.chmod(0o644)
    QuestionLog(log.file).record(an_answer())
    for file in log.file.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file
    assert stat.S_IMODE(log.file.parent.stat().st_mode) == 0o700


def test_each_index_has_a_log_in_the_users_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.question_log.log.user_data_path", lambda name: tmp_path / name)
    monkeypatch.chdir(tmp_path)
    assert log_file(".index") == log_file(tmp_path / "x" / ".." / ".index")
    assert log_file(".index") != log_file("other")
    assert log_file(".index").parent == tmp_path / "archive-qa"


def _write(file: Path, name: str) -> None:
    log = QuestionLog(file)
    for number in range(40):
        log.record(an_answer(question=f"{name} {number} " + "x" * 3000))


def test_processes_and_threads_write_whole_lines(log: QuestionLog) -> None:
    fork = multiprocessing.get_context("fork")
    writers: list[Any] = [
        kind(target=_write, args=(log.file, f"{letter}{n}"))
        for letter, kind in (("p", fork.Process), ("t", threading.Thread))
        for n in range(2)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    questions = {entry["question"].rpartition(" ")[0] for entry in read_entries(log.file)}
    assert questions == {f"{name} {n}" for name in ("p0", "p1", "t0", "t1") for n in range(40)}


def test_the_older_half_goes_when_it_is_full(tmp_path: Path) -> None:
    log = QuestionLog(tmp_path / "q.jsonl", max_bytes=20_000)
    for number in range(500):
        log.record(an_answer(question=f"Q{number}"))
        assert log.file.stat().st_size <= 20_000
    numbers = [int(entry["question"][1:]) for entry in read_entries(log.file)]
    assert numbers[-1] == 499
    assert numbers == list(range(numbers[0], 500))
    assert stat.S_IMODE(log.file.stat().st_mode) == 0o600


def test_lines_that_are_no_entries_are_passed_over(log: QuestionLog) -> None:
    log.record(an_answer(question="One?"))
    with log.file.open("ab") as lines:
        lines.write(b'{"question": 7}\n[]\n\xff\xfe\n{"question": "half')  # a killed writer
    log.record(an_answer(question="Two?"))
    assert [entry["question"] for entry in read_entries(log.file)] == ["One?", "Two?"]


def test_lone_surrogates_are_kept_as_question_marks(log: QuestionLog) -> None:
    log.record(an_answer(question="a\ud800b"))
    assert next(read_entries(log.file))["question"] in ("a?b", "a\ud800b")


def test_a_full_disk_warns_once_and_leaves_whole_lines(
    log: QuestionLog, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    log.record(an_answer(question="One?"))
    write = os.write
    monkeypatch.setattr("os.write", lambda to, line: write(to, line[:10]))
    with caplog.at_level(logging.WARNING):
        log.record(an_answer(question="Two?"))
        log.record(an_answer(question="Three?"))
    monkeypatch.undo()
    (warning,) = caplog.messages
    assert "is not being kept" in warning
    assert "No space left" in warning
    assert len(log.file.read_bytes().splitlines()) == 1
    log.record(an_answer(question="Four?"))
    assert [entry["question"] for entry in read_entries(log.file)] == ["One?", "Four?"]


def test_a_folder_that_cannot_be_written_is_an_error_at_the_start(
    tmp_path: Path, as_nobody: AsNobody
) -> None:
    said = as_nobody(lambda: QuestionLog(tmp_path / "data" / "questions.jsonl"))
    assert "StorageError: cannot keep a log of questions" in said
    assert "Permission denied: start without --log" in said


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    (tmp_path / "q.jsonl").symlink_to(tmp_path / "secret")
    with pytest.raises(StorageError):
        QuestionLog(tmp_path / "q.jsonl")


def test_a_missing_log_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot read the log"):
        list(read_entries(tmp_path / "none"))


def test_entries_are_json_lines(log: QuestionLog) -> None:
    log.record(an_answer(question="谁？"))
    assert json.loads(log.file.read_text("utf-8"))["question"] == "谁？"
