"""Drafts from files of several kinds; all of them untrusted."""

import os
from pathlib import Path

import docx
import pytest

from index.errors import ArchiveError
from qa.drafts.reading import MAX_FILE, read_draft


def test_text_and_markdown_are_read_as_they_are(tmp_path: Path) -> None:
    for name in ("a.txt", "a.md", "draft"):
        (tmp_path / name).write_text("# 草稿\n\n“Yes”", encoding="utf-8")
        assert read_draft(tmp_path / name) == "# 草稿\n\n“Yes”"


def test_word_and_html_are_read_as_text(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("The bridge is 421 metres long.")
    document.save(str(tmp_path / "a.docx"))
    assert "421 metres" in read_draft(tmp_path / "a.docx")
    (tmp_path / "a.html").write_text("<p>The <b>bridge</b> is 421 metres.</p><script>x</script>")
    assert "421 metres" in read_draft(tmp_path / "a.html")
    assert "<b>" not in read_draft(tmp_path / "a.html")


@pytest.mark.parametrize("name", ["endless", "folder.txt"])
def test_only_regular_files_are_read(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "endless")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(ArchiveError, match="no file"):
        read_draft(tmp_path / name)
    with pytest.raises(ArchiveError, match="no file"):
        read_draft(Path("/dev/zero"))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", b"%PDF", "not read"),
        ("a.txt", b"  ", "no text"),
        ("a.docx", b"PK\x03\x04 broken", "a.docx"),
        ("a.txt", b"a" * (MAX_FILE + 1), "limit is 10 MB"),
        ("a.txt", bytes(range(256)) * 9, "a.txt"),
    ],
    ids=["kind", "empty", "broken", "large", "binary"],
)
def test_what_cannot_be_read_is_named(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ArchiveError, match=message):
        read_draft(tmp_path / name)
    with pytest.raises(ArchiveError, match="no file"):
        read_draft(tmp_path / "missing.txt")
