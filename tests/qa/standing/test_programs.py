"""Programs: run once for each of the news, again only after a kill or a failure."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from qa.standing import programs
from qa.standing.news import latest_news
from qa.standing.programs import MAX_ATTEMPTS, as_json, due, failures, run_due
from tests.support.standing import FERRY, StandingArchive

QUESTION = "How many people did the ferry to Oban carry?"


def python(code: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code, *arguments)


def keep(file: Path) -> tuple[str, ...]:
    """A program that adds what it reads to a file."""
    return python("import sys; open(sys.argv[1], 'a').write(sys.stdin.read() + '\\n')", str(file))


def news_with(standing: StandingArchive, *program: str, question: str = QUESTION) -> Any:
    standing.add(question, program=program)
    standing.check()
    standing.build({"ferry.txt": FERRY})
    return standing.check()


def test_a_program_reads_the_news_once(standing: StandingArchive, tmp_path: Path) -> None:
    file = tmp_path / "out"
    report = news_with(standing, *keep(file), question=f"{QUESTION} $(touch pwned); `id`")
    assert (report.programs, report.failed) == (1, 0)
    standing.check()
    (line,) = file.read_text().splitlines()
    given = json.loads(line)
    (found,) = latest_news(standing.book)
    assert (given["key"], given["attempt"], given["kind"]) == (found.key, 1, "answered")
    assert given["answer"]["text"] == "312 people"
    assert given["answer"]["citations"][0]["permalink"].startswith("/#/a/")
    assert given["before"]["text"] is None
    assert json.loads(as_json(found)) == given
    assert not (tmp_path / "pwned").exists()


def test_arguments_go_through_no_shell(standing: StandingArchive, tmp_path: Path) -> None:
    file = tmp_path / "out"
    code = "import sys, json; open(sys.argv[1], 'w').write(json.dumps(sys.argv[2:]))"
    news_with(standing, *python(code, str(file), "; rm -rf x", "$HOME", "*"))
    assert json.loads(file.read_text()) == ["; rm -rf x", "$HOME", "*"]


def test_a_failing_program_is_tried_a_few_times(standing: StandingArchive) -> None:
    report = news_with(
        standing, *python("import sys; sys.exit('no \\x1b[31mpaper\\nin the printer')")
    )
    assert (report.programs, report.failed) == (0, 1)
    (number, _) = due(standing.book)[0]
    assert failures(standing.book) == [(number, 1, "exit status 1: no [31mpaper", True)]
    for _ in range(MAX_ATTEMPTS + 3):
        standing.check()
    assert failures(standing.book) == [(number, MAX_ATTEMPTS, "exit status 1: no [31mpaper", False)]
    assert due(standing.book) == []


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (("/nowhere/to/be/found",), "cannot be run: No such file or directory"),
        (("/",), "cannot be run: Permission denied"),
        (("a\0b",), "cannot be run: embedded null byte"),
        (python("import os; os.kill(os.getpid(), 9)"), "exit status -9"),
        (python("import os; os.close(0)"), ""),
    ],
)
def test_what_went_wrong_is_said(
    standing: StandingArchive, program: tuple[str, ...], said: str
) -> None:
    news_with(standing, *program)
    assert [outcome for _, _, outcome, _ in failures(standing.book)] == [said] * bool(said)


def test_a_program_that_hangs_is_stopped(
    standing: StandingArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs.run_due, "__defaults__", (0.2,))
    news_with(standing, *python("import time; time.sleep(99)"))
    assert failures(standing.book)[0][2] == "stopped after 0.2 seconds"


class Killed(BaseException):
    """As if the process had been killed here."""


@pytest.mark.parametrize("moment", ["_begin", "_run", "_end"])
def test_after_a_kill_it_runs_again_with_the_same_key(
    standing: StandingArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    file = tmp_path / "out"

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(programs, moment, killed)
        with pytest.raises(Killed):
            news_with(standing, *keep(file))
    assert run_due(standing.book) == (1, 0)
    assert run_due(standing.book) == (0, 0)
    given = [json.loads(line) for line in file.read_text().splitlines()]
    assert len(given) == (2 if moment == "_end" else 1)
    assert len({one["key"] for one in given}) == 1
    assert given[-1]["attempt"] == (1 if moment == "_begin" else 2)


# The command with a small reader; it is killed between the decision and the program.
KILLED = """
import os, signal, sys
from pathlib import Path
from qa import Archive
from qa.standing import __main__, book, checking
from tests.support.fakes import FakeEncoder, FakeReader
opened = Archive.open(sys.argv[1], encoder=FakeEncoder(), reader=FakeReader("312 people"))
Archive.open = lambda index: opened
__main__.Book.of = lambda index: book.Book(Path(sys.argv[2]))
checking.run_due = lambda due: os.kill(os.getpid(), signal.SIGKILL)
__main__.main(["--check"])
"""


def test_a_killed_command_has_decided_and_the_next_one_runs_the_program(
    standing: StandingArchive, tmp_path: Path
) -> None:
    file = tmp_path / "out"
    standing.add(QUESTION, program=keep(file))
    standing.check()
    standing.build({"ferry.txt": FERRY})
    command = [sys.executable, "-c", KILLED, str(standing.index), str(standing.book.database.file)]
    done = subprocess.run(command, capture_output=True, timeout=300, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert len(latest_news(standing.book)) == 1
    assert not file.exists()
    assert standing.check().programs == 1
    assert standing.check().programs == 0
    (given,) = file.read_text().splitlines()
    assert json.loads(given)["answer"]["text"] == "312 people"


def test_of_a_question_that_is_removed_nothing_runs(
    standing: StandingArchive, tmp_path: Path
) -> None:
    news_with(standing, "/nowhere")
    (one,) = standing.book.questions()
    standing.book.remove(one.id)
    assert due(standing.book) == []
    assert len(latest_news(standing.book)) == 1


def test_without_a_file_nothing_is_due(standing: StandingArchive) -> None:
    assert (due(standing.book), failures(standing.book)) == ([], [])


def test_a_question_removed_while_programs_run_stops_nothing(
    standing: StandingArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    news_with(standing, "/nowhere")
    monkeypatch.setattr(programs, "due", lambda book: [(1, ["/nowhere"])])
    (one,) = standing.book.questions()
    standing.book.remove(one.id)
    assert run_due(standing.book) == (0, 0)


def test_what_stays_in_the_background_is_no_failure() -> None:
    assert programs._run(["sh", "-c", "sleep 90 & exit 0"], "{}", 60.0) == ""


def test_what_a_slow_program_started_is_stopped_with_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"  # is at its end when nobody has it open for writing
    os.mkfifo(pipe)
    with open(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0) as reading:
        program = ["sh", "-c", 'sh -c "sleep 300" > "$1" & wait', "sh", str(pipe)]
        assert programs._run(program, "{}", 0.2) == "stopped after 0.2 seconds"
        until = time.monotonic() + 120
        while reading.read(1) is None:
            assert time.monotonic() < until
            time.sleep(0.02)


def test_programs_run_in_one_process_at_a_time(standing: StandingArchive) -> None:
    standing.add(QUESTION, program=("true",))
    standing.check()
    standing.build({"ferry.txt": FERRY})
    with standing.book.database.exclusively(what="programs"):
        assert standing.check().programs == 0
    assert standing.check().programs == 1
