"""What is kept of names, and what is not trusted."""

import gzip
import json
import stat
from pathlib import Path

import pytest

from index.encoder.bundled import CACHE_VARIABLE
from qa.facets import cache
from qa.facets.names.linking import Name
from qa.facets.names.mention import VERSION
from qa.facets.table import ReadArticle

READ = ReadArticle(
    "é/<b>", "d1", "2025-10-28", None, [Name("person", "k", "Ann\n李")], ["2025-10-27"]
)
PLACE = "postgresql://me:secret@host/db"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    return tmp_path / "names"


def test_what_is_kept_is_read_back(folder: Path) -> None:
    cache.save(PLACE, ("id", 3), [READ])
    kept = cache.load(PLACE)
    assert kept is not None
    assert kept.revision == ("id", 3)
    assert kept.articles == {READ.id: READ}
    assert cache.load("elsewhere") is None
    [file] = folder.iterdir()
    assert "secret" not in file.name
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


HEAD = {"version": VERSION, "revision": ["id", 3]}


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [{**HEAD, "version": VERSION + 1}],
        [{"version": VERSION}],
        [HEAD, []],
        [HEAD, ["a", "d", None, None, [["robot", "k", "l"]], []]],
        [HEAD, ["a", "d", None, None, [["person"]], []]],
        [HEAD, 7],
        [HEAD, "nonsense"],
    ],
)
def test_what_does_not_fit_counts_as_absent(folder: Path, lines: list[object]) -> None:
    cache.save(PLACE, ("id", 3), [READ])
    [file] = folder.iterdir()
    with gzip.open(file, "wt") as written:
        written.writelines(json.dumps(line) + "\n" for line in lines)
    assert cache.load(PLACE) is None


@pytest.mark.parametrize("content", [b"", b"\x1f\x8bnonsense", b"plain"])
def test_a_damaged_file_counts_as_absent(folder: Path, content: bytes) -> None:
    cache.save(PLACE, ("id", 3), [READ])
    [file] = folder.iterdir()
    file.write_bytes(content or file.read_bytes()[:-12])
    assert cache.load(PLACE) is None


def test_a_folder_that_cannot_be_written_is_no_error(folder: Path) -> None:
    folder.write_text("a file is in the way")
    cache.save(PLACE, ("id", 3), [READ])
    assert cache.load(PLACE) is None
