"""Snapshots of a folder: damaged files beside the database, and disks that cannot be written."""

import os
from pathlib import Path

import pytest

from index import ArchiveError, StorageError
from index.store.doors import open_store
from tests.support.builds import AsNobody, Make
from tests.support.damage import execute
from tests.support.fakes import FakeEncoder

TEXT = "The keeper of the {} lighthouse counted {} ships before noon and wrote them down."


@pytest.fixture
def index(make: Make, tmp_path: Path) -> Path:
    make({f"{i}.txt": TEXT.format("north", i) for i in range(5)})
    return tmp_path / "index"


@pytest.mark.parametrize("damage", ["missing", "empty", "garbage", "cut", "older"])
def test_another_file_in_place_of_the_faiss_file_is_not_used(
    index: Path, make: Make, encoder: FakeEncoder, damage: str
) -> None:
    (old,) = index.glob("*.faiss")
    before = old.read_bytes()
    make({"9.txt": TEXT.format("south", 9)})
    (file,) = index.glob("*.faiss")
    assert file != old
    whole = file.read_bytes()
    question = encoder.queries([TEXT.format("south", 9)])[0]
    with open_store(index).snapshot() as snapshot:
        expected = snapshot.nearest(question, 9)
    contents = {"empty": b"", "garbage": b"x" * len(whole), "cut": whole[:-9], "older": before}
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(contents[damage])
    with open_store(index).snapshot() as snapshot:
        assert snapshot.nearest(question, 9) == expected
    make({})  # the next build writes it again, without embedding
    (rebuilt,) = index.glob("*.faiss")
    assert rebuilt.read_bytes() == whole
    assert encoder.embedded.count(TEXT.format("south", 9)) == 1


def test_counting_needs_no_faiss_file(index: Path) -> None:
    for file in index.glob("*.faiss"):
        file.unlink()
    with open_store(index).snapshot() as snapshot:
        assert snapshot.count_passages() == 5


def test_a_passage_is_never_quoted_from_a_changed_text(index: Path) -> None:
    execute(index, "UPDATE article SET text = replace(text, 'ships', 'shops') WHERE id = '0.txt'")
    with open_store(index).snapshot() as snapshot:
        assert len(snapshot.passages([2, 3])) == 2
        with pytest.raises(StorageError, match=r"passage 1 of '0.txt' is not the text"):
            snapshot.passages([1, 2])
        with pytest.raises(StorageError, match=r"passage 1 of '0.txt' is not the text"):
            list(snapshot.all_passages())


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        (None, ArchiveError, "there is no index"),
        (b"", ArchiveError, "never finished: build it again"),
        (os.urandom(9999), StorageError, "damaged"),
    ],
    ids=["missing", "empty", "garbage"],
)
def test_a_folder_without_a_whole_database_is_no_index(
    tmp_path: Path, content: bytes | None, error: type[Exception], message: str
) -> None:
    if content is not None:
        (tmp_path / "archive.sqlite").write_bytes(content)
    with pytest.raises(error, match=message):
        open_store(tmp_path)


@pytest.mark.parametrize("wal", [False, True])
def test_an_index_on_a_disk_that_cannot_be_written_can_be_read(
    index: Path, as_nobody: AsNobody, wal: bool
) -> None:
    if wal:  # as a build by another user may leave it
        for name in ("archive.sqlite-wal", "archive.sqlite-shm"):
            (index / name).touch()
    for file in index.iterdir():
        file.chmod(0o444)
    index.chmod(0o555)

    def count() -> int:
        with open_store(index).snapshot() as snapshot:
            return snapshot.count_articles()

    assert as_nobody(count) == "5"
    index.chmod(0o000)
    result = as_nobody(count)
    index.chmod(0o755)
    assert "Permission denied: give write permission" in result
