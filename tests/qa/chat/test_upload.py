"""Uploaded files get safe names in the seeds folder; files without an article are refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa.chat.upload import (
    MAX_FILES,
    MAX_NAME,
    UploadResult,
    limits_html,
    results_html,
    safe_name,
    store_uploads,
)
from tests.support.hostile import HOSTILE, ParsedHtml

Upload = Callable[..., UploadResult]


@pytest.fixture
def upload(tmp_path: Path, seeds: Path) -> Upload:
    """Upload one file with a name and content, and return the result."""

    def run(name: str, content: bytes = b"It rained on Monday, all day long.") -> UploadResult:
        file = tmp_path / "uploaded"
        file.write_bytes(content)
        [result] = store_uploads([(name, file)], seeds)
        return result

    return run


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("2025-10-28 summit.txt", "2025-10-28-summit.txt"),
        ("..\\..\\windows\\a.TXT", "a.txt"),
        ("/etc/passwd", "passwd"),
        ("../.md", "article.md"),
        ("a.txt/..", "article"),
        ("a\0b\n.txt", "a-b.txt"),
        ("新闻 一.html", "新闻-一.html"),
        ("\ud800.txt", "article.txt"),
        ("con$(rm -rf).jsonl", "con-rm--rf.jsonl"),
        ("", "article"),
    ],
)
def test_a_name_never_becomes_a_path(name: str, safe: str) -> None:
    assert safe_name(name) == safe
    assert len(safe_name(name * 99)) <= MAX_NAME + 10


def test_an_existing_file_is_never_overwritten(upload: Upload, seeds: Path) -> None:
    first, second = upload("../a b.txt"), upload("a b.txt", b"Other words about other things.")
    assert (first.saved_as, second.saved_as) == ("a-b.txt", "a-b-2.txt")
    assert (seeds / "a-b.txt").read_bytes() == b"It rained on Monday, all day long."
    assert sorted(file.name for file in seeds.iterdir()) == ["a-b-2.txt", "a-b.txt"]


def test_a_symbolic_link_is_not_followed(upload: Upload, seeds: Path, tmp_path: Path) -> None:
    (seeds / "a.txt").symlink_to(tmp_path / "outside.txt")
    assert upload("a.txt").saved_as == "a-2.txt"
    assert not (tmp_path / "outside.txt").exists()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.png", b"x", "files of this kind are not taken"),
        ("a", b"x", "files of this kind"),
        ("a.txt", b"", "empty"),
        ("a.txt", b"\0" * 100, ""),
        ("a.jsonl", b"{broken", "JSON"),
    ],
)
def test_a_file_without_an_article_is_refused(
    upload: Upload, seeds: Path, name: str, content: bytes, reason: str
) -> None:
    result = upload(name, content)
    assert result.saved_as is None
    assert result.reason is not None
    assert reason in result.reason
    assert list(seeds.iterdir()) == []


def test_too_many_files_and_too_large_ones_are_refused(
    upload: Upload, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ArchiveError, match=f"{MAX_FILES + 1} files are too many"):
        store_uploads([("a.txt", tmp_path / "a")] * (MAX_FILES + 1), seeds)
    monkeypatch.setattr("qa.chat.upload.MAX_MEGABYTES", 0.000_01)
    assert upload("a.txt").reason == "it is larger than 1e-05 MB"


def test_a_file_that_cannot_be_copied_is_reported(seeds: Path, tmp_path: Path) -> None:
    [result] = store_uploads([("a.txt", tmp_path / "nothing")], seeds)
    assert result.reason == "cannot be stored: No such file or directory"
    assert "not taken" in results_html([result])


@pytest.mark.parametrize("text", HOSTILE)
def test_names_and_reasons_are_shown_literally(text: str) -> None:
    results = [UploadResult(text, saved_as=text), UploadResult("a", reason=text)]
    parsed = ParsedHtml(results_html(results))
    assert parsed.text.count(text) == 3
    assert set(parsed.tags) == {"div", "ul", "li", "bdi"}


def test_the_limits_are_named_in_every_language() -> None:
    shown = ParsedHtml(limits_html()).text
    assert "At most 20 files of 10 MB at once." in shown
    assert "一次最多 20 个文件" in shown
