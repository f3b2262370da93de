"""`archive-qa check-draft`: its text, its JSON, its exit status."""

import json
from pathlib import Path

import pytest

import index.encoder.sentence
from index.errors import ArchiveError
from qa.drafts.__main__ import main
from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex, article


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    written = WrittenIndex(f"{tmp_path}/index", FakeEncoder())
    written.publish(article("a.txt", "The harbour bridge in Ulm is 412 metres long."))
    monkeypatch.setattr(index.encoder.sentence, "SentenceEncoder", lambda name: FakeEncoder())
    return written.where


def run(tmp_path: Path, where: str, draft: str, *options: str) -> int:
    (tmp_path / "draft.md").write_text(draft, encoding="utf-8")
    return main([str(tmp_path / "draft.md"), "--index", where, *options])


def test_a_difference_is_said_and_counts(
    tmp_path: Path, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, where, "\n\nThe bridge in Ulm is 421 metres long.") == 1
    printed = capsys.readouterr().out
    assert "line 3: number “421 metres”: differs\n  the archive: “412 metres”" in printed
    assert printed.endswith("1 verbatim, 1 differs\n")


def test_what_is_missing_is_no_failure(
    tmp_path: Path, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, where, "The cake of Ulm cost 7 euros.", "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert {claim["status"] for claim in report["claims"]} <= {"verbatim", "not found", "unsure"}


def test_bad_options_are_errors(tmp_path: Path, where: str) -> None:
    with pytest.raises(ArchiveError, match="'day' must be a day"):
        run(tmp_path, where, "x", "--day", "soon")
    with pytest.raises(ArchiveError, match="no article"):
        run(tmp_path, where, "Ulm has 3 dogs.", "--article", "none")
