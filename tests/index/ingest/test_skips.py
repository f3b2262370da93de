"""Skips are stored with their file: every build reports them, and none reads the file again."""

import json
import os
import random
import shutil
import sqlite3
import sys
from pathlib import Path
from typing import Any

import grimp
import pytest

from index import BuildReport, build
from index.formats.seed_file import Refused
from index.ingest import skips
from index.ingest.reading import read_articles
from tests.support.archives import TEXT, shown
from tests.support.builds import Make
from tests.support.fakes import FakeEncoder
from tests.support.files import made, zipped

PACKAGE = Path(skips.__file__).parent.parent  # index/
OLD = 10**18  # ns: the time of a file that was written long ago


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that a build reads; the stamps of recent files are trusted."""
    found: list[str] = []

    def read(file: Path, path: str, *options: Any) -> object:
        found.append(path)
        return read_articles(file, path, *options)

    monkeypatch.setattr("index.ingest.engine.read_articles", read)
    monkeypatch.setattr("index.ingest.seed_files.SETTLED", -OLD)
    return found


def fingerprint() -> str:
    """Computed again, not from the cache."""
    return skips.reader.__wrapped__()


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package `index` that the fingerprint is taken of."""
    copy = tmp_path / "index"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr("index.ingest.skips.__file__", str(copy / "ingest" / "skips.py"))
    return copy


def again(make: Make, reads: list[str], files: dict[str, object] | None = None) -> BuildReport:
    reads.clear()
    return make(files or {})


BAD = {
    "empty.txt": b"",
    "odd.doc": b"what is this",
    "torn.zip": zipped({"a.txt": TEXT, "b.txt": "", "c.doc": "x"}),
    "lines.jsonl": b'{"text": "One."}\n{broken\n{"text": 3}\n{"text": "Four."}',
    "cut.gz": b"\x1f\x8b\x08",
}


def test_an_unchanged_file_is_read_once_and_its_skips_are_reported_by_every_build(
    make: Make, reads: list[str], tmp_path: Path
) -> None:
    first = make({"good.txt": TEXT, **BAD})
    assert sorted({path.partition("#")[0] for path, _ in first.skipped}) == sorted(BAD)
    assert len(first.skipped) == 7
    before = shown(tmp_path / "index")
    for _ in range(2):
        report = again(make, reads)
        assert (reads, report.skipped, report.unchanged) == ([], first.skipped, first.added)
        assert (report.added, report.changed, report.removed) == (0, 0, 0)
        assert shown(tmp_path / "index") == before


def test_only_a_changed_file_is_read_again(make: Make, reads: list[str]) -> None:
    make({"good.txt": TEXT, **BAD})
    report = again(make, reads, {"empty.txt": TEXT.format("north", 1)})
    assert (reads, report.added, len(report.skipped)) == (["empty.txt"], 1, 6)
    report = again(make, reads, {"odd.doc": None})
    assert (reads, len(report.skipped)) == ([], 5)
    again(make, reads, {"odd.doc": BAD["odd.doc"]})
    assert reads == ["odd.doc"]


def test_articles_of_a_file_that_became_unreadable_stay_and_are_counted(
    make: Make, reads: list[str], tmp_path: Path
) -> None:
    lines = '{"id": "x", "text": "One."}\n{"text": "Two."}\n{"text": "Three."}'
    make({"a.jsonl": lines})
    before = shown(tmp_path / "index")
    first = make({"a.jsonl": lines.replace('{"text": "Two."}', "{broken")})
    assert first.skipped[0][1].endswith("(what the index has of it is kept: 1 of its articles)")
    report = again(make, reads)
    assert (reads, report.skipped, report.unchanged) == ([], first.skipped, 3)
    assert shown(tmp_path / "index") == before


def test_a_skipped_article_is_indexed_once_its_id_is_free(make: Make, reads: list[str]) -> None:
    same = [{"id": "same", "text": "First."}]
    first = make({"a.jsonl": same, "b.jsonl": [*same, *same]})
    report = again(make, reads)
    assert (reads, report.skipped) == ([], first.skipped)
    report = again(make, reads, {"a.jsonl": [{"id": "other", "text": "First."}]})
    assert reads == ["a.jsonl", "b.jsonl"]
    assert [place for place, _ in report.skipped] == ["b.jsonl#2"]
    again(make, reads)  # the file that lost it is read once more
    assert again(make, reads).skipped == report.skipped
    assert reads == []
    report = again(make, reads, {"0.jsonl": same})  # the id now belongs to another file
    assert reads == ["0.jsonl", "b.jsonl"]
    assert {why for _, why in report.skipped} == {
        "its id 'same' is already that of an article in 0.jsonl"
    }


@pytest.mark.parametrize("what", ["a library", "the code"])
def test_another_version_reads_skipped_files_again(
    make: Make, reads: list[str], monkeypatch: pytest.MonkeyPatch, what: str, tmp_path: Path
) -> None:
    make({"good.txt": TEXT, "empty.txt": b""})
    skips.reader.cache_clear()
    if what == "a library":
        monkeypatch.setattr("index.ingest.skips.version", lambda name: "99")
    else:
        changed = tmp_path / "formats/web/new.py"
        changed.parent.mkdir(parents=True)
        changed.write_text("new")
        monkeypatch.setattr("index.ingest.skips.__file__", str(tmp_path / "ingest/skips.py"))
    again(make, reads)
    assert reads == ["empty.txt"]
    again(make, reads)
    assert reads == []
    monkeypatch.undo()
    skips.reader.cache_clear()


def test_a_package_installed_since_is_tried(
    make: Make, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "pypdf", None)
        without.setattr("index.ingest.skips._version", lambda name: None)
        skips.reader.cache_clear()
        report = make({"a.pdf": made([["Nine ships were counted before noon."]])})
        assert "pip install 'archive-qa[documents]'" in report.skipped[0][1]
        assert again(make, reads).skipped == report.skipped
        assert reads == []
    skips.reader.cache_clear()
    assert again(make, reads).added == 1


@pytest.mark.parametrize(
    ("error", "read"),
    [
        (OSError(5, "Input/output error"), ["a.txt"]),
        (MemoryError(), ["a.txt"]),
        (OSError("Invalid data stream"), []),
        (ValueError("odd"), []),
    ],
)
def test_system_errors_are_retried_and_parse_errors_are_not(
    make: Make, reads: list[str], monkeypatch: pytest.MonkeyPatch, error: Exception,
    read: list[str],
) -> None:  # fmt: skip
    def fail(file: Path, path: str, *options: Any) -> list[Refused]:
        return [Refused.because(path, error)]

    with monkeypatch.context() as failing:
        failing.setattr("index.ingest.engine.read_articles", fail)
        assert len(make({"a.txt": TEXT}).skipped) == 1
    again(make, reads)
    assert reads == read


def test_a_recently_written_file_is_read_again(
    make: Make, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.ingest.seed_files.SETTLED", OLD)
    make({"a.txt": b""})
    again(make, reads)
    assert reads == ["a.txt"]


def test_the_fingerprint_covers_every_package_that_reads_seeds() -> None:
    """The dependencies for reading seeds, and those of the extra for documents."""
    needs = (Path(__file__).parent.parent.parent.parent / "pyproject.toml").read_text()
    reading = needs.partition("# reading seeds\n")[2].partition("# the rest")[0]
    named = {line.strip().strip("'\"").partition(">")[0] for line in reading.splitlines()}
    rest = {"py3langid", "regex", "sentencex", ""}  # what comes after reading
    assert named - rest <= set(skips.LIBRARIES)
    assert {"pypdf", "python-docx"} <= set(skips.LIBRARIES)


def test_the_fingerprint_covers_exactly_the_code_that_reads_seeds() -> None:
    """The modules of `index` that `index.ingest.reading` imports, directly or not."""
    graph = grimp.build_graph("index", cache_dir=None)
    modules = {"index.ingest.reading"} | graph.find_upstream_modules("index.ingest.reading")
    files = {PACKAGE / f"{module.partition('.')[2].replace('.', '/')}.py" for module in modules}
    covered = skips.reading_code(PACKAGE)
    assert {file for file in covered if file.name != "__init__.py"} == files
    assert len(set(covered)) == len(covered)


@pytest.mark.parametrize("file", ["formats/web/html.py", "cleaning/patterns.py", "errors.py"])
def test_a_change_of_code_that_reads_seeds_changes_the_fingerprint(copied: Path, file: str) -> None:
    before = fingerprint()
    (copied / file).write_text((copied / file).read_text("utf-8") + "# changed\n", "utf-8")
    assert fingerprint() != before


@pytest.mark.parametrize(
    "file", ["store/sqlite/writer.py", "encoder/sentence.py", "ingest/builder.py", "text/terms.py"]
)
def test_a_change_of_other_code_leaves_the_fingerprint_alone(copied: Path, file: str) -> None:
    before = fingerprint()
    (copied / file).write_text((copied / file).read_text("utf-8") + "# changed\n", "utf-8")
    assert fingerprint() == before


def test_random_changes_give_the_same_index_as_reading_everything(
    seeds: Path, tmp_path: Path, encoder: FakeEncoder, reads: list[str]
) -> None:
    """Files are added, changed and removed at random; remembering skips changes no result."""
    chance = random.Random()
    kinds = [b"", b"{broken", TEXT.encode(), *(
        "\n".join(json.dumps({"id": chance.choice("xyz"), "text": f"{i}."}) for i in range(n))
        .encode() for n in (1, 2, 3)
    )]  # fmt: skip
    index = tmp_path / "index"
    for _ in range(12):
        for _ in range(chance.randrange(1, 4)):
            file = seeds / chance.choice(["a.jsonl", "b.jsonl", "c.txt", "d.jsonl"])
            if chance.random() < 0.3:
                file.unlink(missing_ok=True)
            else:
                file.write_bytes(chance.choice(kinds))
                os.utime(file, ns=(OLD, chance.randrange(OLD)))
        copy = tmp_path / "copy"
        if index.exists():
            for file in index.iterdir():
                copy.mkdir(exist_ok=True)
                (copy / file.name).write_bytes(file.read_bytes())
            connection = sqlite3.connect(copy / "archive.sqlite")
            connection.execute("DELETE FROM file WHERE skipped != ''")
            connection.commit()
            connection.close()
        report = build(seeds, index, encoder=encoder, allow_empty=True)
        other = build(seeds, copy, encoder=encoder, allow_empty=True)
        assert (report.skipped, report.unchanged) == (other.skipped, other.unchanged)
        assert shown(index) == shown(copy)
