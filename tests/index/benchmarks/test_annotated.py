"""Annotations are read out of code that is never run."""

from pathlib import Path

import pytest

from index.benchmarks.annotated import load_annotated, main
from index.errors import ArchiveError

CODE = """
raise SystemExit("this must not run")
MOCK_PAGES = {"http://a/1": "a.html", "http://a/2": "gone.html"}

def test_extract(xml):
    result = load_mock_page("http://a/1", xml)
    assert "nine ships" in result and "Menu" not in result
    if xml is False:
        assert "no such words" in result
    result = load_mock_page("http://a/2", xml)
    assert "gone" in result
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cache").mkdir()
    text = "The keeper counted nine  ships before noon and wrote them into his book. " * 9
    page = f"<html><body><nav>Menu</nav><article><p>{text}</p></article></body></html>"
    (tmp_path / "cache" / "a.html").write_text(page)
    (tmp_path / "realworld_tests.py").write_text(CODE)
    return tmp_path


def test_annotations_belong_to_the_page_before_them(folder: Path) -> None:
    (page,) = load_annotated(folder)
    assert page.file.name == "a.html"
    assert (page.required, page.unwanted) == (["nine ships", "no such words"], ["Menu"])


def test_what_is_missing_and_what_stays(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder), "--list"]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head == "1 pages, 2 required and 1 unwanted segments"
    assert [row.split(" ", 1)[1].strip() for row in rows[::2]] == [
        "required missing 1 (50.0%), unwanted staying 0 (0.0%)"
    ] * 2
    assert rows[1] == rows[3] == "  missing a.html: no such words"


def test_a_folder_without_annotations_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="name the folder"):
        load_annotated(tmp_path)
