"""Uploaded files: safe new names inside the seeds folder, and nothing that is no article."""

from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa.chat.upload import LONGEST_NAME, MOST_FILES, safe_name, take, taken_html


@pytest.fixture
def upload(tmp_path: Path, seeds: Path):
    """Take one file of this name and content; what became of it."""

    def run(name: str, content: bytes = b"It rained on Monday, all day long."):
        file = tmp_path / "uploaded"
        file.write_bytes(content)
        (taken,) = take([(name, file)], seeds)
        return taken

    return run


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("2025-10-28 summit.txt", "2025-10-28-summit.txt"),
        ("..\\..\\windows\\a.TXT", "a.txt"),
        ("/etc/passwd", "passwd"),
        ("../.md", "article.md"),
        ("a.txt/..", "article."[:-1]),
        ("a\0b\n.txt", "a-b.txt"),
        ("新闻 一.html", "新闻-一.html"),
        ("\ud800.txt", "article.txt"),
        ("con$(rm -rf).jsonl", "con-rm--rf.jsonl"),
        ("", "article"),
    ],
)
def test_a_name_is_only_ever_a_name(name: str, safe: str) -> None:
    assert safe_name(name) == safe
    assert len(safe_name(name * 99)) <= LONGEST_NAME + 10


def test_a_file_is_stored_and_nothing_is_written_over(upload, seeds: Path) -> None:
    first, second = upload("../a b.txt"), upload("a b.txt", b"Other words about other things.")
    assert (first.saved, second.saved) == ("a-b.txt", "a-b-2.txt")
    assert (seeds / "a-b.txt").read_bytes() == b"It rained on Monday, all day long."
    assert sorted(file.name for file in seeds.iterdir()) == ["a-b-2.txt", "a-b.txt"]


def test_a_link_in_the_folder_is_not_followed(upload, seeds: Path, tmp_path: Path) -> None:
    (seeds / "a.txt").symlink_to(tmp_path / "outside.txt")
    assert upload("a.txt").saved == "a-2.txt"
    assert not (tmp_path / "outside.txt").exists()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.png", b"x", "files of this kind are not taken"),
        ("a", b"x", "files of this kind"),
        ("a.txt", b"", "empty"),
        ("a.txt", b"\0" * 100, ""),
        ("a.jsonl", b"{broken", "JSON"),
    ],
)
def test_what_is_no_article_is_not_taken(
    upload, seeds: Path, name: str, content: bytes, why: str
) -> None:
    taken = upload(name, content)
    assert taken.saved is None
    assert why in taken.why
    assert list(seeds.iterdir()) == []


def test_too_large_and_too_many(
    upload, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ArchiveError, match=f"{MOST_FILES + 1} files are too many"):
        take([("a.txt", tmp_path / "a")] * (MOST_FILES + 1), seeds)
    monkeypatch.setattr("qa.chat.upload.LARGEST", 0.000_01)
    assert upload("a.txt").why == "it is larger than 1e-05 MB"


def test_a_file_that_is_gone_or_a_folder_that_is_full_is_said(seeds: Path, tmp_path: Path) -> None:
    (taken,) = take([("a.txt", tmp_path / "nothing")], seeds)
    assert taken.why == "cannot be stored: No such file or directory"
    assert "not taken" in taken_html([taken])


def test_names_are_shown_as_text(upload) -> None:
    shown = taken_html([upload("<img src=x>.txt"), upload("<b>.png")])
    assert "<img" not in shown
    assert "<b>" not in shown
    assert "img-src-x&#46;txt" in shown.replace("&#45;", "-")
