"""One table says what is read; what is in archives is known, changed and kept like any file."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from index import BuildReport
from index.formats import limits
from index.formats.registry import KINDS, MARKS, PACKED
from index.formats.seed_file import Refused
from index.store.doors import open_store
from tests.support.files import zipped

ROOT = Path(__file__).parent.parent.parent.parent
TEXT = "The keeper of the {} lighthouse counted {} ships before noon and wrote them down."

Make = Callable[..., BuildReport]


def counts(report: BuildReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.removed, report.unchanged


def ids(index: Path) -> list[str]:
    with open_store(index).snapshot() as snapshot:
        return [article.id for article in snapshot.articles()]


def test_the_readme_names_every_kind_and_limit() -> None:
    readme = (ROOT / "index" / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\.[a-z0-9]+)`", readme))
    assert set(KINDS) - {".htm"} <= named
    for figure in (
        f"{limits.LARGEST // 1_000_000} MB", f"{limits.DOCUMENT // 1_000_000} MB",
        f"{limits.TOTAL // 1_000_000_000} GB", f"{limits.RATIO} times", f"{limits.MEMBERS:,} files",
        f"{limits.DEPTH} deep", f"{limits.NESTED // 1_000_000_000} GB",
    ):  # fmt: skip
        assert figure in readme, figure


def test_the_marks_are_of_kinds_that_are_read() -> None:
    assert {kind for _, _, kind in MARKS} <= set(KINDS)
    assert set(PACKED) < set(KINDS)


def test_a_name_in_capitals_is_read(read) -> None:
    [article] = read("A.TXT.GZ", gzip.compress(TEXT.encode()))
    assert article.text == TEXT


@pytest.mark.parametrize("name", sorted(KINDS))
@pytest.mark.parametrize("data", [b"", b"\0" * 600, b"\xff" * 9000, b"words " * 99], ids=len)
def test_nothing_in_a_file_of_any_kind_raises(read, name: str, data: bytes) -> None:
    found = read(f"a{name}", data)
    assert len(found) <= 1
    assert name in (".txt", ".md", ".html", ".htm") or all(isinstance(f, Refused) for f in found)


def test_only_a_changed_member_is_embedded(make: Make, tmp_path: Path, encoder) -> None:
    files = {f"{i}.txt": TEXT.format("north", i) for i in range(4)}
    lines = '{"text": "One."}\n{"text": "Two."}\n'
    assert counts(make({"a.zip": zipped({**files, "b.jsonl": lines})})) == (6, 0, 0, 0)
    encoder.embedded.clear()
    del files["0.txt"]
    changed = {**files, "1.txt": TEXT.format("south", 1), "9.txt": TEXT.format("east", 9)}
    assert counts(make({"a.zip": zipped({"b.jsonl": lines, **changed})})) == (1, 1, 1, 4)
    assert sorted(encoder.embedded) == [TEXT.format("east", 9), TEXT.format("south", 1)]
    assert counts(make({})) == (0, 0, 0, 6)


def test_a_file_that_moves_into_an_archive_embeds_nothing(make: Make, encoder) -> None:
    make({"a.txt": TEXT, "b.txt": "Other."})
    encoder.embedded.clear()
    assert counts(make({"a.txt": None, "c.zip": zipped({"a.txt": TEXT})})) == (0, 1, 0, 1)
    assert counts(make({"c.zip": None})) == (0, 0, 1, 1)
    assert encoder.embedded == []


def test_an_archive_that_is_damaged_keeps_its_last_good_articles(
    make: Make, tmp_path: Path
) -> None:
    inner = zipped({"x.txt": TEXT.format("x", 1), "y.txt": TEXT.format("y", 2)})
    whole = {"a.txt": TEXT.format("a", 3), "b.zip": inner}
    make({"a.zip": zipped(whole), "c.txt": "Other."})
    before = ids(tmp_path / "index")
    assert before == ["a.zip#a.txt", "a.zip#b.zip#x.txt", "a.zip#b.zip#y.txt", "c.txt"]
    report = make({"a.zip": zipped({**whole, "b.zip": inner[:-30]})})
    assert counts(report) == (0, 0, 0, 4)
    assert [path for path, _ in report.skipped] == ["a.zip#b.zip"]
    assert report.skipped[0][1].endswith("is kept: 2 of its articles)")
    report = make({"a.zip": zipped(whole)[:-30]})
    assert counts(report) == (0, 0, 0, 4)
    assert report.skipped[0][0] == "a.zip"
    assert report.skipped[0][1].endswith("is kept: 3 of its articles)")
    assert ids(tmp_path / "index") == before
    assert counts(make({"a.zip": zipped({"a.txt": TEXT.format("a", 3)})})) == (0, 0, 2, 2)


def test_a_line_that_is_broken_in_an_archive_keeps_only_itself(make: Make, tmp_path: Path) -> None:
    make({"a.zip": zipped({"b.jsonl": '{"text": "One."}\n{"text": "Two."}\n', "c.txt": TEXT})})
    report = make({"a.zip": zipped({"b.jsonl": '{"text": \n{"text": "Two."}\n'})})
    assert counts(report) == (0, 0, 1, 2)
    assert ids(tmp_path / "index") == ["a.zip#b.jsonl#1", "a.zip#b.jsonl#2"]


def test_a_bomb_keeps_what_the_index_has_of_it(make: Make, tmp_path: Path) -> None:
    make({"a.zip": zipped({"a.txt": TEXT, "b.txt": "Other."})})
    report = make({"a.zip": zipped({"a.jsonl": bytes(60_000_000)})})
    assert counts(report) == (0, 0, 0, 2)
    [(path, why)] = report.skipped
    assert path == "a.zip"
    assert "unpacks to more than 200 times its 0.1 MB, like a bomb" in why


def test_an_article_s_path_is_a_file_of_the_seeds_folder(
    make: Make, seeds: Path, tmp_path: Path
) -> None:
    """Programs may open it; a member's name, which anybody chose, is only in its id."""
    make(
        {
            "x/a.tar.gz": zipped({"no tar": TEXT}),
            "x/b.zip": zipped({"y/../z.txt": TEXT, "c.txt": TEXT}),
        }
    )
    with open_store(tmp_path / "index").snapshot() as snapshot:
        [article] = snapshot.articles()
    assert (article.id, article.path) == ("x/b.zip#c.txt", "x/b.zip")
    assert (seeds / article.path).is_file()
