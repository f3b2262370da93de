"""`archive-qa audit`."""

import json
from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa.accounts import audit_command
from qa.accounts.audit_log import AuditLog


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "audit.jsonl"
    monkeypatch.setattr(audit_command, "audit_file", lambda index: file)
    return file


def test_it_prints_entries_that_cannot_act_on_a_terminal(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    AuditLog(file).note("asked", who="an\x1b[2Jna", where="192.0.2.1", by="api\nforged")
    assert audit_command.main([]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.isprintable()
    assert line.endswith("an?[2Jna  asked  192.0.2.1  -  by: api?forged")
    assert audit_command.main(["--json"]) == 0
    assert json.loads(capsys.readouterr().out)["who"] == "an\x1b[2Jna"
    assert audit_command.main(["--since", "2999-01-01"]) == 0
    assert capsys.readouterr().out == ""


def test_without_a_log_or_with_a_wrong_day_it_says_what_to_do(file: Path) -> None:
    with pytest.raises(ArchiveError, match="a chat with --tokens keeps one"):
        audit_command.main([])
    AuditLog(file).note("asked")
    with pytest.raises(ArchiveError, match="'yesterday' is no day"):
        audit_command.main(["--since", "yesterday"])
