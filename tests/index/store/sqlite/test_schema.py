"""The tables: created, upgraded and described."""

import sqlite3
from collections.abc import Iterator

import pytest

from index.store.base.digest import of_bytes, of_text
from index.store.sqlite import schema
from index.store.sqlite.schema import (
    SCHEMA,
    column_of_anchors,
    has_text_digests,
    has_versions,
    prepare_tables,
    schema_version,
    version_columns,
)


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    yield connection
    connection.close()


def tables(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}


def test_an_empty_file_gets_all_tables(connection: sqlite3.Connection) -> None:
    assert schema_version(connection) == 0
    prepare_tables(connection)
    assert schema_version(connection) == SCHEMA
    names = {"setting", "file", "article", "passage", "vector", "language", "total", "gone"}
    assert names | {"keyword"} <= tables(connection)


def test_tables_are_created_with_the_transaction_or_not_at_all(
    connection: sqlite3.Connection,
) -> None:
    connection.execute("BEGIN")
    prepare_tables(connection)
    connection.execute("ROLLBACK")
    assert tables(connection) == set()
    assert schema_version(connection) == 0


def test_preparing_twice_changes_nothing(connection: sqlite3.Connection) -> None:
    prepare_tables(connection)
    before = tables(connection)
    prepare_tables(connection)
    assert tables(connection) == before


def test_every_older_schema_has_its_upgrade() -> None:
    assert set(schema.UPGRADES) == set(range(min(schema.UPGRADES), SCHEMA))


def _forget_versions(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE version")
    connection.execute("DROP INDEX article_url")
    connection.execute("ALTER TABLE article DROP COLUMN source_digest")


def _forget_text_digests(connection: sqlite3.Connection) -> None:
    _forget_versions(connection)
    connection.execute("DROP INDEX article_text")
    connection.execute("ALTER TABLE article DROP COLUMN text_digest")


def test_schema_2_keeps_its_vectors_and_gains_what_it_lacks(connection: sqlite3.Connection) -> None:
    prepare_tables(connection)
    connection.execute("DROP TABLE total")
    connection.execute("DROP TABLE gone")
    connection.execute("DROP INDEX article_shown")
    connection.execute("ALTER TABLE file DROP COLUMN skipped")
    connection.execute("ALTER TABLE article DROP COLUMN anchors")
    _forget_text_digests(connection)
    connection.execute("PRAGMA user_version = 2")
    connection.execute(
        'INSERT INTO passage (article, start, "end", kind, content) VALUES (1, 0, 1, "body", ?)',
        (b"c",),
    )
    connection.execute("INSERT INTO vector VALUES (?, ?)", (b"c", b"value"))
    prepare_tables(connection)
    assert schema_version(connection) == SCHEMA
    assert {"total", "gone", "article_shown"} <= tables(connection)
    assert connection.execute("SELECT content, value FROM vector").fetchall() == [(b"c", b"value")]
    assert connection.execute("SELECT skipped FROM file").fetchall() == []


def test_schema_3_gains_anchors_and_is_read_without_them(connection: sqlite3.Connection) -> None:
    prepare_tables(connection)
    assert column_of_anchors(connection) == "anchors"
    connection.execute("ALTER TABLE article DROP COLUMN anchors")
    _forget_text_digests(connection)
    connection.execute("PRAGMA user_version = 3")
    assert column_of_anchors(connection) == "NULL"
    prepare_tables(connection)
    assert connection.execute("SELECT anchors FROM article").fetchall() == []


def test_schema_5_gains_the_digests_of_its_texts(connection: sqlite3.Connection) -> None:
    prepare_tables(connection)
    _forget_text_digests(connection)
    connection.execute("PRAGMA user_version = 5")
    columns = "(id, path, place, text, parts, digest)"
    for name, text in (("a", "'Fog \U0001f600'"), ("b", "CAST(x'ff41' AS TEXT)")):  # b: damaged
        connection.execute(
            f"INSERT INTO article {columns} VALUES ('{name}', '', '', {text}, '', '')"
        )
    assert not has_text_digests(connection)
    prepare_tables(connection)
    assert has_text_digests(connection)
    digests = connection.execute("SELECT text_digest FROM article ORDER BY id").fetchall()
    assert digests == [(of_text("Fog \U0001f600"),), (of_bytes(b"\xff\x41"),)]


def test_schema_6_gains_a_log_of_versions(connection: sqlite3.Connection) -> None:
    prepare_tables(connection)
    before = tables(connection)
    _forget_versions(connection)
    connection.execute("PRAGMA user_version = 6")
    assert not has_versions(connection)
    prepare_tables(connection)
    assert has_versions(connection)
    assert tables(connection) == before
    assert connection.execute("SELECT source_digest FROM article").fetchall() == []


LOG_OF_SCHEMA_7 = (
    "DROP TABLE version",
    "CREATE TABLE version (number INTEGER PRIMARY KEY, article TEXT NOT NULL, digest BLOB NOT NULL,"
    " title TEXT, date TEXT, replaced TEXT NOT NULL, sentences INTEGER NOT NULL, packed BLOB)",
    "CREATE INDEX version_article ON version (article)",
    "CREATE INDEX version_text ON version (digest)",
    "PRAGMA user_version = 7",
)


def test_schema_7_gains_the_days_of_its_versions_and_is_read_as_it_is(
    connection: sqlite3.Connection,
) -> None:
    prepare_tables(connection)
    before = tables(connection)
    for statement in LOG_OF_SCHEMA_7:
        connection.execute(statement)
    columns = "(number, article, digest, date, replaced, sentences, packed)"
    for number, date in ((3, "'2026-11-01'"), (7, "NULL")):
        values = f"({number}, 'a', x'00', {date}, '2026-11-28T12:00:00+00:00', 2, x'01')"
        connection.execute(f"INSERT INTO version {columns} VALUES {values}")

    def log() -> list[tuple[object, ...]]:
        query = f"SELECT number, {version_columns(connection)} FROM version ORDER BY number"
        return connection.execute(query).fetchall()

    rows = log()
    replaced = "2026-11-28T12:00:00+00:00"
    assert rows == [
        (3, "a", b"\0", None, "2026-11-01", replaced, "2026-11-01", 0, 2, None, b"\1"),
        (7, "a", b"\0", None, None, replaced, "2026-11-28", 0, 2, None, b"\1"),
    ]
    prepare_tables(connection)
    assert (tables(connection), log()) == (before, rows)
    assert "stated" in version_columns(connection).split(", ")
