"""Open an index's SQLite file for reading or writing, lock the index, put failures into words."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from index.errors import ArchiveError, NoIndexError, StorageError

from .schema import SCHEMA, UPGRADES, schema_version

FILE = "archive.sqlite"
LOCK = "build.lock"
REBUILD = "remove the folder and build it again from the seeds"
# Signs of damage in error texts; a name or text with flipped bits cannot be decoded.
DAMAGED = ("malformed", "not a database", "decode", "no such column", "no such table", "corrupt")
FULL = 65536  # a disk with fewer bytes free counts as full


def connect(folder: Path, write: bool = False) -> sqlite3.Connection:
    """Open the database in `folder`; readers never change it and work on a read-only disk too.

    Raises:
        ArchiveError: There is no index, or it has a schema that this version does not read.
        StorageError: The database is damaged or cannot be opened.
    """
    with storage_errors(folder):
        connection = _open(folder, "rwc" if write else "rw")
        try:
            if write:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                # what is deleted is overwritten, however SQLite was compiled
                connection.execute("PRAGMA secure_delete = ON")
            elif not _readable(connection):
                connection.close()
                connection = _connect_without_wal_files(folder)
            _check_schema(connection, folder)
        except BaseException:
            connection.close()
            raise
    return connection


def _open(folder: Path, mode: str) -> sqlite3.Connection:
    """Open the database; by default SQLite makes a missing one, even where a folder is removed."""
    file = folder / FILE
    address = f"{file.absolute().as_uri()}?mode={mode}"
    try:
        return sqlite3.connect(address, timeout=30, isolation_level=None, uri=True)
    except sqlite3.OperationalError:
        if mode == "rwc" or file.is_file():
            raise
        raise NoIndexError(
            f"there is no index in '{folder}': "
            f"make one with  python -m index SEEDS --index {folder}"
        ) from None


def _readable(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY  # readable in a moment
    return True


def _connect_without_wal_files(folder: Path) -> sqlite3.Connection:
    """Open for reading where the files that WAL needs beside the database cannot be created."""
    if not os.access(folder, os.W_OK):  # then this process cannot change the database either
        return _open(folder, "ro&immutable=1")
    # The disk is full: an exclusive lock needs no files beside the database.
    connection = _open(folder, "rw")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA query_only = ON")
    return connection


def _check_schema(connection: sqlite3.Connection, folder: Path) -> None:
    found = schema_version(connection)
    if found not in (0, SCHEMA, *UPGRADES):
        raise ArchiveError(
            f"the index in '{folder}' has schema {found}, this version reads schema {SCHEMA}: "
            "remove the folder and build it again"
        )


class InTransaction:
    """What the parts of a writer share: the connection whose transaction they work in."""

    _connection: sqlite3.Connection

    def _one(self, query: str, *values: str | int) -> Any:
        return self._connection.execute(query, values).fetchone()


@contextmanager
def exclusively(folder: Path) -> Iterator[None]:
    """Hold the lock of the index; the system frees it if this process is killed."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK, blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise ArchiveError(f"another build of '{folder}' is under way: wait for it") from None
    try:
        yield
    finally:
        lock.release()


def remove_index(folder: Path) -> None:
    """Remove the files of an index, whatever is in them.

    Raises:
        ArchiveError: A build of it is under way.
        StorageError: The disk refuses.
    """
    with storage_errors(folder), exclusively(folder):
        for file in folder.iterdir():
            if file.is_file() and file.name != LOCK:
                file.unlink()


@contextmanager
def storage_errors(folder: Path) -> Iterator[None]:
    """Turn errors of SQLite and the disk into a StorageError of one line."""
    try:
        yield
    except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        if "full" in reason or "No space" in reason or _is_full(folder):
            advice = "free some space and build again; the last good archive is untouched"
        elif "readonly" in reason or "unable to open" in reason or "ermission" in reason:
            advice = "give write permission for that folder, or name another with --index"
        elif any(sign in reason for sign in DAMAGED):
            advice = f"the index is damaged: {REBUILD}"
        else:
            advice = "see that the folder can be read and written"
        raise StorageError(f"index '{folder}': {reason}: {advice}") from error


def _is_full(folder: Path) -> bool:
    """Whether the disk has no room for a page; SQLite calls that an I/O error as well."""
    try:
        return shutil.disk_usage(folder).free < FULL
    except OSError:
        return False
