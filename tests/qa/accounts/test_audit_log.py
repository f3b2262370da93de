"""The audit log: whole lines, whatever is in them, whoever writes, and however full the disk."""

import datetime
import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from index.errors import StorageError
from qa.accounts.audit_log import KEPT, AuditLog, read_audit
from tests.support.fakes import ROOT


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "audit.jsonl"


def test_an_entry_says_who_did_what_when_and_from_where(file: Path) -> None:
    AuditLog(file).note("asked", who="anna", where="192.0.2.1", request="id", by="api")
    (entry,) = read_audit(file)
    assert datetime.datetime.fromisoformat(entry.pop("time")).tzinfo
    assert entry == {
        "who": "anna", "did": "asked", "where": "192.0.2.1", "request": "id", "by": "api",
    }  # fmt: skip
    assert file.stat().st_mode & 0o777 == 0o600


def test_questions_are_kept_only_on_request(file: Path) -> None:
    AuditLog(file).note("asked", question="Who?")
    AuditLog(file, questions=True).note("asked", question="Who?")
    assert [entry.get("question") for entry in read_audit(file)] == [None, "Who?"]


HOSTILE = 'x\n{"time": "2026", "did": "forged"}\r\x1b[2J\u2028\u0085\ud800"\\'


def test_nothing_that_is_written_ends_a_line(file: Path) -> None:
    AuditLog(file, questions=True).note(HOSTILE, who=HOSTILE, where=HOSTILE, question=HOSTILE)
    raw = file.read_bytes()
    assert raw.count(b"\n") == 1
    assert all(32 <= byte < 127 for byte in raw[:-1])
    (entry,) = read_audit(file)
    assert entry["who"] == HOSTILE


def test_values_are_short(file: Path) -> None:
    AuditLog(file, questions=True).note("asked", who="a" * 10**6, question="b" * 10**6)
    assert file.stat().st_size < 3_000


def test_a_line_that_a_kill_cut_off_hides_no_other(file: Path) -> None:
    log = AuditLog(file)
    log.note("asked", who="first")
    with file.open("ab") as cut:
        cut.write(b'{"time": "2026-01-01", "did": "as')
    log.note("asked", who="last")
    with file.open("ab") as cut:
        cut.write(b'\xff\xfe{"time": 5}\n[]\n{"did": "asked"}\n')
    assert [entry["who"] for entry in read_audit(file)] == ["first", "last"]


def test_it_keeps_the_last_files_of_a_bounded_size(file: Path) -> None:
    log = AuditLog(file, max_bytes=1000)
    for number in range(200):
        log.note("asked", who=f"anna{number}")
    files = sorted(file.parent.glob("*.jsonl"))
    assert len(files) == KEPT + 1
    assert all(one.stat().st_size <= 1100 for one in files)
    numbers = [int(entry["who"][4:]) for entry in read_audit(file)]
    assert numbers == [*range(numbers[0], 200)]
    assert len(numbers) > 30
    assert all(one.stat().st_mode & 0o777 == 0o600 for one in files)


def test_a_day_limits_what_is_read(file: Path) -> None:
    today = datetime.datetime.now(datetime.UTC).date()
    AuditLog(file).note("asked")
    assert len([*read_audit(file, today)]) == 1
    assert [*read_audit(file, today + datetime.timedelta(days=2))] == []
    assert [*read_audit(file.with_name("none.jsonl"))] == []


def test_processes_write_whole_lines_at_once(file: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from qa.accounts.audit_log import AuditLog\n"
        "log = AuditLog(Path(sys.argv[1]), max_bytes=20_000)\n"
        "for number in range(300): log.note('asked', who=f'{sys.argv[2]}{number}')\n"
    )
    command = [sys.executable, "-c", code, str(file)]
    started = [subprocess.Popen([*command, name], cwd=ROOT) for name in "ab"]
    assert [process.wait(300) for process in started] == [0, 0]
    assert {entry["who"] for entry in read_audit(file)} == {
        f"{n}{i}" for n in "ab" for i in range(300)
    }


def test_a_failing_disk_loses_entries_and_says_so_once(
    file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    log, write = AuditLog(file), os.write

    def half(descriptor: int, line: bytes) -> int:
        return write(descriptor, line[: len(line) // 2])

    log.note("asked", who="first")
    with monkeypatch.context() as patch, caplog.at_level(logging.WARNING):
        patch.setattr("os.write", half)
        for _ in range(3):
            log.note("asked", who="lost")
    assert caplog.text.count("is not being kept") == 1
    log.note("asked", who="later")
    entries: list[dict[str, Any]] = [*read_audit(file)]
    assert [(entry["who"], entry.get("lost")) for entry in entries] == [
        ("first", None),
        ("later", "3"),
    ]


def test_a_link_in_its_place_is_not_written_through(file: Path, tmp_path: Path) -> None:
    file.parent.mkdir()
    (tmp_path / "other").write_text("untouched")
    file.symlink_to(tmp_path / "other")
    AuditLog(file).note("asked")
    assert (tmp_path / "other").read_text() == "untouched"


def test_what_cannot_be_read_is_an_error(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(StorageError, match="cannot read the audit log"):
        list(read_audit(file))


def test_every_line_is_json(file: Path) -> None:
    AuditLog(file).note("rebuilt", who="anna")
    assert json.loads(file.read_text())["did"] == "rebuilt"
