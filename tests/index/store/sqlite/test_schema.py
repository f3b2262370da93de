"""Opening an index: what is missing, damaged, older or another's is said in a line."""

import sqlite3
from pathlib import Path

import pytest

from index.errors import ArchiveError, StorageError
from index.store.sqlite import schema
from index.store.sqlite.schema import FILE, SCHEMA, Settings, connect

SETTINGS = Settings("fake", "1", 64, 128, 1, 1, 3, "vectors-3.faiss", 9)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    connection = connect(tmp_path, write=True)
    connection.execute("BEGIN")
    schema.create_tables(connection)
    schema.write_settings(connection, SETTINGS)
    connection.execute("COMMIT")
    connection.close()
    return tmp_path


def test_settings_are_remembered(index: Path) -> None:
    connection = connect(index)
    assert schema.read_settings(connection) == SETTINGS
    connection.close()


def test_a_reader_cannot_write(index: Path) -> None:
    connection = connect(index)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM setting")
    connection.close()


def test_tables_are_made_with_the_transaction_or_not_at_all(tmp_path: Path) -> None:
    connection = connect(tmp_path, write=True)
    connection.execute("BEGIN")
    schema.create_tables(connection)
    connection.close()
    connection = connect(tmp_path)
    assert schema.read_settings(connection) is None
    connection.close()


def test_no_index_there_is_an_error_with_the_command_to_run(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=f"python -m index SEEDS --index {tmp_path}"):
        connect(tmp_path)
    with pytest.raises(ArchiveError, match="there is no index"):
        connect(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("write", [True, False])
def test_garbage_is_not_taken_for_an_index(tmp_path: Path, write: bool) -> None:
    (tmp_path / FILE).write_bytes(b"garbage " * 1000)
    with pytest.raises(StorageError, match="damaged: remove the folder and build it again"):
        connect(tmp_path, write=write)


@pytest.mark.parametrize("write", [True, False])
def test_an_index_of_another_schema_is_said_to_need_a_rebuild(index: Path, write: bool) -> None:
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
def test_what_the_disk_complains_of_comes_with_advice(error: Exception, advice: str) -> None:
    expected = pytest.raises(StorageError, match=f"index 'folder': .*{advice}")
    with expected as caught, schema.storage_errors(Path("folder")):
        raise error
    assert caught.value.__cause__ is error


def test_other_errors_pass_unchanged() -> None:
    with pytest.raises(ArchiveError, match=r"^mine$"), schema.storage_errors(Path("folder")):
        raise ArchiveError("mine")
