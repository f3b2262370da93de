"""Exit statuses and messages: one line, what was wrong and what to do."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence

import pytest

from index.errors import (
    ArchiveError,
    StorageError,
    UnreachableError,
    UnreadableError,
    first_line,
    reason,
    requires_extra,
    run,
)


def failing(error: BaseException) -> Callable[[Sequence[str] | None], int]:
    def main(argv: Sequence[str] | None) -> int:
        raise error

    return main


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (ArchiveError("no seeds\nhere: make some"), 2, "error: no seeds here: make some\n"),
        (UnreadableError("is empty"), 2, "error: is empty\n"),
        (StorageError("disk full"), 3, "error: disk full\n"),
        (UnreachableError("start the server"), 2, "error: start the server\n"),
        (KeyboardInterrupt(), 130, "stopped\n"),
        (
            ZeroDivisionError("by zero"),
            3,
            "error: internal error: ZeroDivisionError: by zero (ARCHIVE_QA_DEBUG=1 shows where)\n",
        ),
    ],
)
def test_an_error_is_one_line_and_a_status(
    error: BaseException, status: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(failing(error)) == status
    assert capsys.readouterr() == ("", message)


def test_the_command_s_own_status_is_returned() -> None:
    assert run(lambda argv: 0) == 0
    assert run(lambda argv: 1) == 1
    assert run(lambda argv: len(argv or ()), ["a", "b"]) == 2


def test_a_usage_error_exits_with_argparse_s_status() -> None:
    with pytest.raises(SystemExit, match="2"):
        run(failing(SystemExit(2)))


def test_debug_mode_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_QA_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run(failing(ZeroDivisionError()))


def test_first_line() -> None:
    assert first_line(ValueError("one\ntwo")) == "one"
    assert first_line(ValueError()) == "ValueError"


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (UnreadableError("is empty"), "is empty"),
        (PermissionError(13, "Permission denied"), "cannot be read: Permission denied"),
        (OSError("odd"), "cannot be read (OSError: odd)"),
        (ValueError("one\ntwo"), "cannot be read (ValueError: one)"),
        (KeyError(), "cannot be read (KeyError: KeyError)"),
    ],
)
def test_the_reason_why_a_seed_cannot_be_read(error: Exception, expected: str) -> None:
    assert reason(error) == expected


def test_a_missing_package_is_reported_with_its_extra() -> None:
    with (
        pytest.raises(UnreadableError, match=r"'no_such_x': pip install 'archive-qa\[documents\]'"),
        requires_extra("documents"),
    ):
        __import__("no_such_x")


def test_an_installed_package_and_other_errors_pass() -> None:
    with requires_extra("documents"):
        __import__("json")
    with pytest.raises(ZeroDivisionError), requires_extra("documents"):
        raise ZeroDivisionError


def test_a_closed_pipe_is_no_failure() -> None:
    program = "from index.errors import run\nimport sys\n"
    program += "def main(argv):\n    for n in range(10**6): print(n)\n    return 0\n"
    program += "sys.exit(run(main))"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait() == 0


SAY = (
    "import json, sys\nfrom index.errors import run, stdout_is_unicode\n"
    "def main(argv):\n    print('Möwe 海鸥')\n"
    "    print(json.dumps('海', ensure_ascii=not stdout_is_unicode()))\n    return 0\n"
    "sys.exit(run(main))"
)


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", 'Möwe 海鸥\n"海"'),
        ("gbk", 'M?we 海鸥\n"\\u6d77"'),
        ("latin-1", 'Möwe ??\n"\\u6d77"'),
        ("ascii", 'M?we ??\n"\\u6d77"'),
        ("ascii:surrogateescape", 'M?we ??\n"\\u6d77"'),
    ],
)
def test_a_terminal_gets_a_replacement_for_what_it_cannot_show(encoding: str, shown: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SAY],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode(encoding.partition(":")[0]).split() == shown.split()
