"""The file: for this user alone, made once, and whole or not at all."""

import stat
import threading
from pathlib import Path

import pytest

from index.errors import StorageError
from qa.standing.database import Database, standing_file
from tests.support.builds import AsNobody

ADD = "INSERT INTO question (question, filters, feed, created, program) VALUES (?, '', '', '', '')"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "data" / "standing.sqlite")


def count(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.execute("SELECT count(*) FROM question").fetchone()[0])


def test_only_this_user_may_read_it(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(ADD, ("one?",))
        for file in database.file.parent.iterdir():  # with the journal
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    assert stat.S_IMODE(database.file.parent.stat().st_mode) == 0o700


def test_each_index_has_a_file_in_the_users_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.standing.database.user_data_path", lambda name: tmp_path / name)
    monkeypatch.chdir(tmp_path)
    assert standing_file(".index") == standing_file(tmp_path / "x" / ".." / ".index")
    assert standing_file(".index") != standing_file("other")
    assert standing_file("postgresql://u:secret@host/db").parent == tmp_path / "archive-qa"
    assert "secret" not in standing_file("postgresql://u:secret@host/db").name


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.writing() as connection:
            connection.execute(ADD, ("one?",))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert count(database) == 0


def test_threads_that_open_it_first_make_it_once(database: Database) -> None:
    def write(number: int) -> None:
        with database.writing() as connection:
            connection.execute(ADD, (f"{number}?",))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(database) == 8


def test_a_later_version_is_not_touched(database: Database) -> None:
    with database.writing() as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StorageError, match="of version 99, this program reads version 1"):
        count(database)


def test_a_damaged_file_is_an_error_in_words(database: Database) -> None:
    assert count(database) == 0
    database.file.write_bytes(b"no database" * 500)
    with pytest.raises(StorageError, match="not a database: see that this file"):
        count(database)


def test_a_folder_that_cannot_be_written_is_an_error_in_words(
    tmp_path: Path, as_nobody: AsNobody
) -> None:
    tmp_path.chmod(0o755)
    said = as_nobody(lambda: count(Database(tmp_path / "data" / "s.sqlite")))
    assert "Permission denied: see that this file and its folder can be written" in said


def test_a_link_is_not_followed_when_it_is_made(database: Database, tmp_path: Path) -> None:
    database.file.parent.mkdir()
    database.file.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StorageError):
        count(database)
    assert not (tmp_path / "elsewhere").exists()
