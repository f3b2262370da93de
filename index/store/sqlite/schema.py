"""The SQLite file of an index: its tables, its settings, and how it is opened.

SQLite is the single truth of an index; the FAISS file beside it can always be made again from it.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from index.encoder.sentence import Encoder
from index.errors import ArchiveError, StorageError
from index.text.terms import VERSION

FILE = "archive.sqlite"
REBUILD = "remove the folder and build it again from the seeds"
# a name or text in which bits have turned over cannot be decoded
DAMAGED = ("malformed", "not a database", "decode", "no such column", "no such table", "corrupt")
FULL = 65536  # bytes free, or fewer
REPAIR_HINT = "archive-qa check says what else is wrong, archive-qa repair mends what it can"
SCHEMA = 3  # raise it whenever the tables change, and say in UPGRADES how

TABLES = """
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
    path TEXT PRIMARY KEY, stamp TEXT NOT NULL, skipped TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE article (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, path TEXT NOT NULL,
    place TEXT NOT NULL, title TEXT, text TEXT NOT NULL, date TEXT, language TEXT, url TEXT,
    author TEXT, parts TEXT NOT NULL, digest BLOB NOT NULL
);
CREATE INDEX article_path ON article (path);
-- all that a table of articles shows, without their texts
CREATE INDEX article_shown ON article (title, date, language, place, id);
-- a passage's text is the slice of its article's; AUTOINCREMENT never gives an id twice
CREATE TABLE passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, kind TEXT NOT NULL, language TEXT, title TEXT, content BLOB NOT NULL
);
CREATE INDEX passage_article ON passage (article);
CREATE INDEX passage_content ON passage (content);
-- vectors are known by what was embedded: equal texts share one, a moved text keeps its own. They
-- lie in the order in which they came: WITHOUT ROWID each would take a page of its own, anywhere
CREATE TABLE vector (content BLOB PRIMARY KEY, value BLOB NOT NULL);
-- the mean vectors by which neutrality.py makes languages comparable, in the order of its columns
CREATE TABLE language (code TEXT PRIMARY KEY, mean BLOB NOT NULL) WITHOUT ROWID;
"""
# the terms come ready-made from terms.py, separated by spaces: every other character is a part
KEYWORD_TABLE = """CREATE VIRTUAL TABLE keyword USING fts5 (
    terms, content = '', tokenize = "ascii tokenchars '!#$%&()*+,-./:;<=>?@[]^_`{|}~'''"
)"""
# What lets a small build leave most as it is: sums of the vectors of each language, and which
# passages of the FAISS file have been removed. An older index gets them at its next build.
CHANGES = (
    "CREATE TABLE IF NOT EXISTS total ("
    "code TEXT PRIMARY KEY, passages INTEGER NOT NULL, sum BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS gone (id INTEGER PRIMARY KEY)",
)
# What the next build does to an index of an older schema; until then it is read as it is.
UPGRADES = {
    2: (
        # laid out anew, in the order of the passages
        "ALTER TABLE vector RENAME TO old_vector",
        "CREATE TABLE vector (content BLOB PRIMARY KEY, value BLOB NOT NULL)",
        "INSERT INTO vector SELECT v.content, v.value"
        " FROM (SELECT content, min(id) AS first FROM passage GROUP BY content ORDER BY first)"
        " CROSS JOIN old_vector v USING (content)",
        "DROP TABLE old_vector",
        "ALTER TABLE file ADD COLUMN skipped TEXT NOT NULL DEFAULT ''",
        "DROP INDEX IF EXISTS article_listed",
        "CREATE INDEX article_shown ON article (title, date, language, place, id)",
        "DROP TABLE IF EXISTS vocabulary",
    ),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What an index remembers of how it was made."""

    encoder: str
    revision: str
    dimension: int
    passage_tokens: int
    rules: int  # version of the cleaning rules
    terms: int  # version of the keyword terms
    generation: int = 0  # counts the builds that published something
    vectors_file: str = ""  # the FAISS file that belongs to this generation
    vectors_crc: int = 0
    published: str = ""  # when, UTC
    passages: int = -1  # how many; -1 in an index of an earlier version
    vectors_last: int = 0  # the last passage in a compressed FAISS file; 0: it is exact, holds all
    vectors_trained: int = 0  # how many passages there were when its codes were learned
    vectors_depth: int = 0  # how many of the best by their codes are compared by their vectors
    vectors_recall: float = 1.0  # of the ten best, found on a sample when the file was written

    def check_terms(self, folder: Path) -> None:
        """Raise ArchiveError unless the keywords were made by the rules that questions follow."""
        if self.terms != VERSION:
            raise ArchiveError(
                f"the keywords of the index in '{folder}' were made by rules {self.terms}, this "
                f"version asks by rules {VERSION}: bring it up to date with  "
                f"python -m index SEEDS --index {folder}"
            )

    def check(self, encoder: Encoder, folder: Path) -> None:
        """Raise ArchiveError, naming both, unless `encoder` is the one that made the index."""
        asked = (encoder.name, encoder.revision, encoder.dimension)
        if asked != (self.encoder, self.revision, self.dimension):
            raise ArchiveError(
                f"the index in '{folder}' was built with the encoder '{self.encoder}' (revision "
                f"{self.revision}, {self.dimension} dimensions), not with '{encoder.name}' "
                f"(revision {encoder.revision}, {encoder.dimension} dimensions): "
                "use that one, or build into another index folder"
            )


def connect(folder: Path, write: bool = False) -> sqlite3.Connection:
    """Open the database in `folder`; a reader never changes it and works on a read-only disk too.

    Raises ArchiveError when there is no index or it is of another schema, StorageError when it is
    damaged or cannot be opened.
    """
    file = folder / FILE
    with storage_errors(folder):
        if not write and not file.is_file():
            raise ArchiveError(
                f"there is no index in '{folder}': "
                f"make one with  python -m index SEEDS --index {folder}"
            )
        connection = sqlite3.connect(file, timeout=30, isolation_level=None)
        try:
            if write:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
            elif not _readable(connection):
                connection.close()
                connection = _connect_beside_nothing(file)
            _check_schema(connection, folder)
        except BaseException:
            connection.close()
            raise
    return connection


def _readable(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY  # it is, a little later
    return True


def _connect_beside_nothing(file: Path) -> sqlite3.Connection:
    """Open the database for reading where no file can be made beside it, as WAL wants to."""
    if not os.access(file.parent, os.W_OK):  # who cannot make one cannot change this one either
        address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
        return sqlite3.connect(address, uri=True, isolation_level=None)
    # on a full disk: whoever holds the file for itself alone needs nothing beside it
    connection = sqlite3.connect(file, timeout=30, isolation_level=None)
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA query_only = ON")
    return connection


def _check_schema(connection: sqlite3.Connection, folder: Path) -> None:
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found not in (0, SCHEMA, *UPGRADES):
        raise ArchiveError(
            f"the index in '{folder}' has schema {found}, this version reads schema {SCHEMA}: "
            "remove the folder and build it again"
        )


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the tables inside the open transaction (`executescript` would commit it)."""
    statement = ""
    for line in TABLES.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
    connection.execute(KEYWORD_TABLE)
    connection.execute(f"PRAGMA user_version = {SCHEMA}")


def upgrade_tables(connection: sqlite3.Connection) -> None:
    """Inside the open transaction, make the tables of an older schema those of this one."""
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    for version in range(found, SCHEMA):
        for statement in UPGRADES[version]:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {SCHEMA}")


def read_settings(connection: sqlite3.Connection) -> Settings | None:
    """The settings, or None while nothing has been published."""
    if not connection.execute("PRAGMA user_version").fetchone()[0]:
        return None
    rows = connection.execute("SELECT name, value FROM setting").fetchall()
    try:
        return Settings(**{name: json.loads(value) for name, value in rows}) if rows else None
    except (ValueError, TypeError) as error:
        raise StorageError(f"the index's settings are damaged ({error}): {REBUILD}") from error


def write_settings(connection: sqlite3.Connection, settings: Settings) -> None:
    rows = [(name, json.dumps(value)) for name, value in asdict(settings).items()]
    connection.executemany("INSERT OR REPLACE INTO setting VALUES (?, ?)", rows)


def _is_full(folder: Path) -> bool:
    """Whether the disk has no room for a page: SQLite calls that an I/O error as well."""
    try:
        return shutil.disk_usage(folder).free < FULL
    except OSError:
        return False


@contextmanager
def storage_errors(folder: Path) -> Iterator[None]:
    """Turn what SQLite and the disk complain of into one line for people."""
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
