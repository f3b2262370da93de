"""The report on what people asked and did not get."""

import json
import time
from collections import Counter
from pathlib import Path

import pytest

from index.errors import run
from qa.question_log.gaps import as_text, gaps, main, topics
from qa.question_log.log import Entry, QuestionLog
from tests.support.chats import an_answer, answer


def asked(question: str, answered: bool = False, *missing: str) -> Entry:
    time = "2026-11-28T03:00:00+00:00"
    return {"time": time, "question": question, "answered": answered, "missing": missing}


def test_refusals_missing_words_and_verdicts_are_counted() -> None:
    found = gaps(
        [
            asked("Who is Zorro?", False, "Zorro"),
            asked("Where does zorro live?", False, "zorro"),
            asked("Who opened the bridge?", True),
            {"question": "Who opened the bridge?", "verdict": "right"},
            {"question": "Who is Zorro?", "verdict": "wrong"},
        ]
    )
    assert (found.asked, found.refused, found.since) == (3, 2, "2026-11-28")
    assert found.missing == [("zorro", 2)]
    assert found.topics == [("zorro", 2)]
    assert found.verdicts == {"right": 1, "wrong": 1}


def test_topics_are_words_that_refused_questions_share() -> None:
    questions = Counter(
        {
            "Where did Ann Lee swim?": 2,
            "When was Ann Lee born?": 1,
            "Who swam?": 1,
            "高市早苗在东京见了谁": 1,
            "高市早苗的丈夫是谁": 1,
        }
    )
    found = dict(topics(questions))
    assert found["ann lee"] == 3
    assert "ann" not in found
    assert any("高市" in topic for topic in found)
    assert "谁" not in found


def test_the_report_is_plain_text() -> None:
    hostile = "\x1b[31m=cmd|' /C calc'!A0\u202e<script>" + "x" * 500
    shown = as_text(gaps([asked(hostile, False, "\x1b]0;x\x07")] * 2))
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert max(map(len, shown.splitlines())) < 120


def test_nothing_was_asked() -> None:
    assert as_text(gaps([])) == "questions   0\nrefused     0"


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> QuestionLog:
    file = tmp_path / "questions.jsonl"
    monkeypatch.setattr("qa.question_log.gaps.log_file", lambda index: file)
    return QuestionLog(file)


def test_the_command_reports_and_exports(
    log: QuestionLog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log.record(answer(None))
    log.judge(an_answer(), "right")
    assert run(main, []) == 0
    out = capsys.readouterr().out
    assert "refused     1 (100%)" in out
    assert str(log.file) in out
    assert run(main, ["--json"]) == 0
    assert json.loads(capsys.readouterr().out)["refused"] == 1
    assert run(main, ["--export", str(tmp_path / "own.txt")]) == 0
    assert "1 judged questions" in capsys.readouterr().out
    assert (tmp_path / "own.txt").read_text() == "What did it cost?\t3.5 million euros\n"


def test_without_a_log_the_command_says_how_to_keep_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("qa.question_log.gaps.log_file", lambda index: tmp_path / "none")
    assert run(main, []) == 2
    assert "start the chat with --log" in capsys.readouterr().err


def test_a_log_of_100_000_lines_is_reported(log: QuestionLog) -> None:
    line = json.dumps(asked("Who is Zorro number {}?", False, "Zorro"))
    with log.file.open("w") as lines:
        for number in range(100_000):
            lines.write(line.replace("{}", str(number % 500)) + "\n")
    started = time.thread_time()
    assert run(main, []) == 0
    assert time.thread_time() - started < 60
