"""`archive-qa verify`: what it prints, and its exit status."""

import json
from pathlib import Path

import pytest

from app import main
from index.article import Article
from qa.permalink import link_to
from tests.support.builds import Make

TEXT = "The ferry to Oban carried 312 people on Monday."


@pytest.fixture
def draft(make: Make, tmp_path: Path) -> Path:
    make({"ferry.txt": TEXT})
    file = tmp_path / "draft.md"
    file.write_text(f"It [says]({link_to(Article('', None, TEXT, None, None, ''))}) so.")
    return file


def test_status_0_if_all_is_unchanged(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(draft), "--index", str(draft.parent / "index")]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "line 1: unchanged in ferry.txt, 0-47", "1 unchanged",
    ]  # fmt: skip


def test_status_1_if_anything_is_not(
    draft: Path, make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    make({"ferry.txt": TEXT.replace("312", "4\x1b[2J12")})
    draft.write_text(f"{draft.read_text()} And /#/a/x.")
    assert main(["verify", str(draft), "--index", str(draft.parent / "index")]) == 1
    out = capsys.readouterr().out
    assert "line 1: edited in ferry.txt, 0-50; the archive held the cited text until 20" in out
    assert "now: The ferry to Oban carried [-312-]{+4" in out
    assert "line 1: unreadable" in out
    assert "1 edited, 1 unreadable" in out
    assert "\x1b" not in out


def test_json_has_every_field(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(draft), "--index", str(draft.parent / "index"), "--json"]) == 0
    (verdict,) = json.loads(capsys.readouterr().out)
    assert (verdict["status"], verdict["quote"], verdict["article_id"]) == (
        "unchanged", TEXT, "ferry.txt",
    )  # fmt: skip
