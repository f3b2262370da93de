"""The file of one archive's standing questions: an SQLite database in the user's data folder.

It is readable by that user alone. What belongs together is written in one transaction, so that a
process that is killed leaves either all of it or nothing.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from platformdirs import user_data_path

from index.errors import ArchiveError, StorageError
from index.store.doors import Where, resolve

SCHEMA = 1
WAIT = 60.0  # seconds to wait for another process that asks these questions
TIMEOUT = 30  # seconds that a transaction waits for another process's
CREATE = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
TABLES = (
    # AUTOINCREMENT: no id is used twice, or old news would belong to a new question
    "CREATE TABLE question (id INTEGER PRIMARY KEY AUTOINCREMENT, question TEXT NOT NULL,"
    " filters TEXT NOT NULL, feed TEXT NOT NULL, created TEXT NOT NULL, program TEXT NOT NULL,"
    " answer TEXT, identity TEXT NOT NULL DEFAULT '', generation INTEGER NOT NULL DEFAULT 0,"
    " published TEXT NOT NULL DEFAULT '', passage INTEGER NOT NULL DEFAULT 0,"
    " revision INTEGER NOT NULL DEFAULT 0)",
    "CREATE INDEX question_asked ON question (question, filters)",
    # what further passages are measured by; see bars.py
    "CREATE TABLE bar (question INTEGER PRIMARY KEY, encoder TEXT NOT NULL, vector BLOB NOT NULL,"
    " read BLOB NOT NULL, numbers BLOB NOT NULL, groups TEXT NOT NULL)",
    "CREATE TABLE news (number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE,"
    " standing INTEGER NOT NULL, feed TEXT NOT NULL, question TEXT NOT NULL,"
    " filters TEXT NOT NULL, kind TEXT NOT NULL, updated TEXT NOT NULL, before TEXT NOT NULL,"
    " answer TEXT NOT NULL, unread INTEGER NOT NULL DEFAULT 1)",
    "CREATE INDEX news_feed ON news (feed, number)",
    # a program that is to be run with a piece of news, and how that went
    "CREATE TABLE run (news INTEGER PRIMARY KEY, program TEXT NOT NULL,"
    " attempts INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'due',"
    " outcome TEXT NOT NULL DEFAULT '')",
)

Connection = sqlite3.Connection
Row = tuple[Any, ...]


def standing_file(index: Where) -> Path:
    """Return where the standing questions of an index are, or would be."""
    digest = hashlib.blake2b(resolve(index).encode(), digest_size=8).hexdigest()
    return user_data_path("archive-qa") / f"standing-{digest}.sqlite"


class BusyError(ArchiveError):
    """Another process does the same work on these questions now."""


class Database:
    """The file, opened anew for each transaction; safe to use from several threads at once."""

    def __init__(self, file: Path) -> None:
        self.file = file

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Open the file for reading; a file that is not there yet is created, empty.

        Raises:
            StorageError: The file cannot be read, or is of a later version.
        """
        with self._opened() as connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction that is committed at the end, or not at all; errors as `reading`."""
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def exclusively(self, wait: float = WAIT, what: str = "questions") -> Iterator[None]:
        """Keep other processes, and other threads, from the same work; it ends with a process.

        Args:
            wait: Seconds to wait for others.
            what: "questions" to ask them, "programs" to run them.

        Raises:
            BusyError: Others still do it.
            StorageError: The data folder cannot be written.
        """
        with self.reading():  # the folder is there, and can be written
            pass
        lock = FileLock(self.file.with_suffix(f".{what}.lock"), mode=0o600)
        with self.errors():
            try:
                lock.acquire(timeout=wait)
            except Timeout:  # an OSError
                raise BusyError(
                    "another process, such as a running chat, is using them: try again later"
                ) from None
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with self.errors():
            self._create_file()
            with closing(
                sqlite3.connect(self.file, timeout=TIMEOUT, isolation_level=None)
            ) as connection:
                self._prepare(connection)
                yield connection

    def _create_file(self) -> None:
        """Create the file so that nobody else may ever read it; SQLite's journal is like it."""
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.file.exists():
            os.close(os.open(self.file, CREATE, 0o600))

    def _prepare(self, connection: sqlite3.Connection) -> None:
        if (found := _version(connection)) == 0:
            connection.execute("BEGIN IMMEDIATE")
            if (found := _version(connection)) == 0:  # not by another process meanwhile
                for statement in TABLES:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {SCHEMA}")
                found = SCHEMA
            connection.execute("COMMIT")
        if found != SCHEMA:
            raise StorageError(
                f"the standing questions in '{self.file}' are of version {found}, this program "
                f"reads version {SCHEMA}: update it"
            )

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn what SQLite and the file system raise into a StorageError."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise StorageError(
                f"standing questions in '{self.file}': {reason}: see that this file and its "
                "folder can be written, or move a damaged file away"
            ) from error


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
