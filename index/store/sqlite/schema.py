"""The tables of an index's SQLite file, and how an older schema becomes this one.

SQLite is the single truth of an index; the FAISS file beside it can always be rebuilt from it.
Opening the file is in `connection.py`.
"""

import sqlite3

from index.store.base.digest import of_bytes
from index.store.base.history.rows import COLUMNS, OLDER_COLUMNS

SCHEMA = 8  # raise it whenever the tables change, and say in UPGRADES how

TABLES = """
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
    path TEXT PRIMARY KEY, stamp TEXT NOT NULL, skipped TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE article (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, path TEXT NOT NULL,
    place TEXT NOT NULL, title TEXT, text TEXT NOT NULL, date TEXT, language TEXT, url TEXT,
    author TEXT, parts TEXT NOT NULL, digest BLOB NOT NULL, anchors TEXT,
    text_digest BLOB, source_digest BLOB
);
CREATE INDEX article_path ON article (path);
-- permalinks name articles by the digest of their text alone
CREATE INDEX article_text ON article (text_digest);
CREATE INDEX article_url ON article (url) WHERE url IS NOT NULL;
-- covers everything that the table of articles shows, so that texts are not read for it
CREATE INDEX article_shown ON article (title, date, language, place, id);
-- a passage's text is a slice of its article's; AUTOINCREMENT never gives an id twice
CREATE TABLE passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, kind TEXT NOT NULL, language TEXT, title TEXT, content BLOB NOT NULL
);
CREATE INDEX passage_article ON passage (article);
CREATE INDEX passage_content ON passage (content);
-- Vectors are keyed by content: equal texts share one, and a moved text keeps its own. Rows are in
-- order of insertion; WITHOUT ROWID would put each on a page of its own, scattered by its hash.
CREATE TABLE vector (content BLOB PRIMARY KEY, value BLOB NOT NULL);
-- mean vectors for language centering, in the order of its columns
CREATE TABLE language (code TEXT PRIMARY KEY, mean BLOB NOT NULL) WITHOUT ROWID;
"""
# The log of earlier texts; what its columns hold is in base/versions.py.
VERSION_TABLE = (
    "CREATE TABLE version (number INTEGER PRIMARY KEY, article TEXT NOT NULL, digest BLOB NOT NULL,"
    " title TEXT, date TEXT, replaced TEXT NOT NULL, stated TEXT NOT NULL, line INTEGER NOT NULL,"
    " sentences INTEGER NOT NULL, against BLOB, packed BLOB)",
    "CREATE INDEX version_article ON version (article, date)",
    "CREATE INDEX version_text ON version (digest)",
)
# Terms come ready-made, separated by spaces: every other character is part of a term. The second
# column holds other spellings of the first one's terms, which rank lower.
KEYWORD_TABLE = """CREATE VIRTUAL TABLE keyword USING fts5 (
    terms, other, content = '', tokenize = "ascii tokenchars '!#$%&()*+,-./:;<=>?@[]^_`{|}~'''"
)"""
# These make small builds and searches of a few days cheap: vector sums per language, which passages
# of the FAISS file have been removed since it was written, and articles by date. An older index
# gets them at its next build.
INCREMENTAL_TABLES = (
    "CREATE TABLE IF NOT EXISTS total ("
    "code TEXT PRIMARY KEY, passages INTEGER NOT NULL, sum BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS gone (id INTEGER PRIMARY KEY)",
    "CREATE INDEX IF NOT EXISTS article_date ON article (date)",
)
# Texts that are kept with the index whatever is built; created with the first of them.
NOTE_TABLE = (
    "CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID"
)
# What the next build does to an index of an older schema; until then it is read as it is.
UPGRADES = {
    2: (
        # stored anew in the order of the passages
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
    3: ("ALTER TABLE article ADD COLUMN anchors TEXT",),
    # filled by the same build, as the rules for terms have a new version too
    4: ("DROP TABLE keyword", KEYWORD_TABLE),
    5: (
        "ALTER TABLE article ADD COLUMN text_digest BLOB",
        "UPDATE article SET text_digest = of_bytes(CAST(text AS BLOB))",
        "CREATE INDEX article_text ON article (text_digest)",
    ),
    6: (
        "ALTER TABLE article ADD COLUMN source_digest BLOB",
        "CREATE INDEX article_url ON article (url) WHERE url IS NOT NULL",
        *VERSION_TABLE,
    ),
    # which versions a line states shows when its file is read again
    7: (
        "ALTER TABLE version RENAME TO old_version",
        "DROP INDEX version_article",
        "DROP INDEX version_text",
        *VERSION_TABLE,
        f"INSERT INTO version (number, {COLUMNS}) SELECT number, {OLDER_COLUMNS} FROM old_version",
        "DROP TABLE old_version",
    ),
}


def prepare_tables(connection: sqlite3.Connection) -> None:
    """Create or upgrade all tables inside the open transaction."""
    found = schema_version(connection)
    if not found:
        _create_tables(connection)
    connection.create_function("of_bytes", 1, of_bytes, deterministic=True)
    for version in range(found or SCHEMA, SCHEMA):
        for statement in UPGRADES[version]:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {SCHEMA}")
    for statement in INCREMENTAL_TABLES:
        connection.execute(statement)


def schema_version(connection: sqlite3.Connection) -> int:
    """Return the schema of the file; 0 while nothing has been written."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def column_of_anchors(connection: sqlite3.Connection) -> str:
    """Return the SQL of an article's anchors, which an older index lacks until its next build."""
    return "anchors" if schema_version(connection) > 3 else "NULL"


def has_text_digests(connection: sqlite3.Connection) -> bool:
    """Whether articles can be found by their texts; an older index gains that by its next build."""
    return schema_version(connection) > 5


def has_versions(connection: sqlite3.Connection) -> bool:
    """Whether there is a log of earlier versions; an older index gains it by its next build."""
    return schema_version(connection) > 6


def version_columns(connection: sqlite3.Connection) -> str:
    """Return the SQL of the log's columns, some of which an older index lacks until then."""
    return COLUMNS if schema_version(connection) > 7 else OLDER_COLUMNS


def _create_tables(connection: sqlite3.Connection) -> None:
    """Run TABLES one by one, as `executescript` would commit the transaction."""
    statement = ""
    for line in TABLES.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
    for statement in (KEYWORD_TABLE, *VERSION_TABLE):
        connection.execute(statement)
