"""`archive-qa token`."""

import json
from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa.accounts import token_command
from qa.accounts.audit_log import read_audit
from qa.accounts.token_command import main
from qa.accounts.token_file import TokenFile


@pytest.fixture
def tokens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TokenFile:
    monkeypatch.setattr(token_command, "token_file", lambda index: tmp_path / "tokens.json")
    monkeypatch.setattr(token_command, "audit_file", lambda index: tmp_path / "audit.jsonl")
    return TokenFile(tmp_path / "tokens.json")


def test_a_token_is_printed_once_and_works(
    tokens: TokenFile, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["create", "anna", "--role", "add", "--expires", "30"]) == 0
    printed = capsys.readouterr()
    token = tokens.find(printed.out.strip())
    assert token is not None
    assert (token.name, token.role.word) == ("anna", "add")
    assert "it is not shown again" in printed.err
    assert main(["list"]) == 0
    listed = capsys.readouterr().out
    assert "anna" in listed
    assert "add, valid, until " in listed
    assert main(["list", "--json"]) == 0
    (shown,) = json.loads(capsys.readouterr().out)
    assert "sha256" not in shown
    assert main(["revoke", "anna"]) == 0
    assert tokens.valid(token.id) is None
    noted = [(entry["did"], entry["token"]) for entry in read_audit(tmp_path / "audit.jsonl")]
    assert noted == [("token created", "anna"), ("token revoked", "anna")]
    everything = "".join(file.read_text() for file in tmp_path.glob("*.json*"))
    assert printed.out.strip().rpartition("_")[2] not in everything


def test_a_token_for_sites_says_where_its_box_is(
    tokens: TokenFile, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["create", "site", "--role", "ask", "--site", "https://news.example"])
    printed = capsys.readouterr()
    (token,) = tokens.tokens().values()
    assert f"/embed/{token.id}" in printed.err
    assert token.sites == ("https://news.example",)


def test_no_tokens_and_wrong_usage(tokens: TokenFile, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    assert "archive-qa token create" in capsys.readouterr().err
    for wrong in (["create", "anna"], ["create", "anna", "--role", "root"], [], ["revoke"]):
        with pytest.raises(SystemExit, match="2"):
            main(wrong)
    with pytest.raises(ArchiveError, match="is no site"):
        main(["create", "site", "--role", "ask", "--site", "news.example"])
    assert tokens.tokens() == {}
