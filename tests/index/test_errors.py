"""Exit statuses and messages: one line, what was wrong and what to do."""

from collections.abc import Sequence

import pytest

from index.errors import ArchiveError, StorageError, UnreadableError, first_line, run


def failing(error: BaseException):
    def main(argv: Sequence[str] | None) -> int:
        raise error

    return main


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (ArchiveError("no seeds\nhere: make some"), 2, "error: no seeds here: make some\n"),
        (UnreadableError("is empty"), 2, "error: is empty\n"),
        (StorageError("disk full"), 3, "error: disk full\n"),
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


def test_the_command_s_own_status_is_kept() -> None:
    assert [run(lambda argv, n=n: n) for n in (0, 1)] == [0, 1]
    assert run(lambda argv: len(argv or ()), ["a", "b"]) == 2


def test_usage_errors_stay_argparse_s() -> None:
    with pytest.raises(SystemExit, match="2"):
        run(failing(SystemExit(2)))


def test_debugging_shows_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_QA_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run(failing(ZeroDivisionError()))


def test_first_line() -> None:
    assert first_line(ValueError("one\ntwo")) == "one"
    assert first_line(ValueError()) == "ValueError"
