"""Opening an index's database: what is missing, damaged or too new is said in one line."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import ArchiveError, NoIndexError, StorageError
from index.store.sqlite.connection import FILE, connect, exclusively, storage_errors
from index.store.sqlite.schema import SCHEMA, prepare_tables


@pytest.fixture
def index(tmp_path: Path) -> Path:
    connection = connect(tmp_path, write=True)
    prepare_tables(connection)
    connection.close()
    return tmp_path


def test_a_reader_cannot_write(index: Path) -> None:
    connection = connect(index)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM setting")
    connection.close()


def test_no_index_is_an_error_with_the_command_to_run(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=f"python -m index SEEDS --index {tmp_path}"):
        connect(tmp_path)
    with pytest.raises(ArchiveError, match="there is no index"):
        connect(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_a_link_to_itself_holds_no_index(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(NoIndexError, match="there is no index"):
        connect(loop)
    with pytest.raises(StorageError, match="unable to open"):
        connect(loop, write=True)


@pytest.mark.parametrize("name", ["a?mode=memory", "a#b", "a%41", "a b", os.fsdecode(b"\xff")])
def test_any_name_of_a_folder_will_do(name: str, tmp_path: Path) -> None:
    folder, link = tmp_path / name, tmp_path / f"{name}-link"
    folder.mkdir()
    link.symlink_to(folder)
    with closing(connect(folder, write=True)) as connection:
        prepare_tables(connection)
    connect(link).close()
    assert FILE in [file.name for file in folder.iterdir()]
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("write", [True, False])
def test_garbage_is_not_taken_for_an_index(tmp_path: Path, write: bool) -> None:
    (tmp_path / FILE).write_bytes(b"garbage " * 1000)
    with pytest.raises(StorageError, match="damaged: remove the folder and build it again"):
        connect(tmp_path, write=write)


@pytest.mark.parametrize("write", [True, False])
def test_an_index_of_a_newer_schema_needs_a_rebuild(index: Path, write: bool) -> None:
    connection = sqlite3.connect(index / FILE)
    connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    connection.close()
    with pytest.raises(ArchiveError, match=f"schema {SCHEMA + 1}.*schema {SCHEMA}.*build it again"):
        connect(index, write=write)


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (sqlite3.OperationalError("database or disk is full"), "free some space"),
        (OSError(28, "No space left on device"), "free some space"),
        (sqlite3.OperationalError("unable to open database file"), "give write permission"),
        (PermissionError(13, "Permission denied"), "give write permission"),
        (sqlite3.DatabaseError("database disk image is malformed"), "remove the folder"),
        (OSError(5, "Input/output error"), "can be read and written"),
    ],
)
def test_errors_of_the_disk_come_with_advice(error: Exception, advice: str) -> None:
    expected = pytest.raises(StorageError, match=f"index 'folder': .*{advice}")
    with expected as caught, storage_errors(Path("folder")):
        raise error
    assert caught.value.__cause__ is error


def test_other_errors_pass_unchanged() -> None:
    with pytest.raises(ArchiveError, match=r"^mine$"), storage_errors(Path("folder")):
        raise ArchiveError("mine")


def test_only_one_can_hold_the_lock(tmp_path: Path) -> None:
    with (
        exclusively(tmp_path),
        pytest.raises(ArchiveError, match=r"another build of .* is under way: wait for it"),
        exclusively(tmp_path),
    ):
        pass
    with exclusively(tmp_path):
        pass
