"""Articles with their passages and keywords: what a build adds to the tables and takes out."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.store.doors import find_store
from index.store.sqlite import faiss_file
from index.store.sqlite.connection import connect
from index.store.sqlite.faiss_file import Sizes
from index.store.sqlite.vector_table import read_sums
from index.store.sqlite.writer import SqliteWriter, begin_build
from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex, article

FOG, SHIPS = article("a", "Fog over the harbour."), article("b", "Ships in the fog.")


@pytest.fixture
def writer(folder: Path) -> Iterator[SqliteWriter]:
    writer = SqliteWriter(folder)
    yield writer
    writer.close()


def rows(connection: sqlite3.Connection, query: str) -> list[tuple[object, ...]]:
    return connection.execute(query).fetchall()


def test_an_article_is_stored_with_its_passages_and_keywords(
    written: WrittenIndex, writer: SqliteWriter
) -> None:
    written.put(writer, article("a", "Fog over Ulm.", title="Weather"))
    assert rows(writer.connection, "SELECT id, title, text, parts FROM article") == [
        ("a", "Weather", "Fog over Ulm.", '[[0, 13, "body", null]]')
    ]
    assert rows(writer.connection, 'SELECT start, "end", kind, language FROM passage') == [
        (0, 13, "body", "en")
    ]
    query = "SELECT rowid FROM keyword WHERE keyword MATCH 'weather AND ulm'"
    assert rows(writer.connection, query) == [(1,)]
    assert (writer.count_articles(), writer.count_passages(), writer.touched) == (1, 1, True)


def test_replacing_an_article_gives_its_passages_new_ids(
    written: WrittenIndex, writer: SqliteWriter
) -> None:
    written.put(writer, FOG)
    written.put(writer, SHIPS)
    written.put(writer, article("a", "Mist over the harbour."))
    assert rows(writer.connection, "SELECT id FROM passage ORDER BY id") == [(2,), (3,)]
    for word, found in (("mist", [(3,)]), ("harbour", [(3,)]), ("fog", [(2,)])):
        query = f"SELECT rowid FROM keyword WHERE keyword MATCH '{word}'"
        assert rows(writer.connection, query) == found


def test_removing_an_unknown_article_changes_nothing(writer: SqliteWriter) -> None:
    writer.remove("nowhere")
    assert not writer.touched


def test_removing_the_last_article_leaves_nothing_of_it(
    written: WrittenIndex, writer: SqliteWriter
) -> None:
    written.put(writer, FOG)
    writer.remove("a")
    for table in ("article", "passage", "seen", "keyword_docsize"):
        assert rows(writer.connection, f"SELECT * FROM {table}") == []
    assert len(rows(writer.connection, "SELECT * FROM freed")) == 1


def test_a_removed_article_is_subtracted_from_the_vector_sums(
    written: WrittenIndex, folder: Path, encoder: FakeEncoder
) -> None:
    written.publish(FOG, SHIPS)
    written.publish(remove=("a",))
    with closing(connect(folder)) as connection:
        sums = read_sums(connection, 64)
    assert sums is not None
    assert sums.counts == {"en": 1}
    assert np.allclose(sums.sums["en"], encoder.queries([SHIPS.text])[0], atol=1e-6)


def test_an_article_added_and_removed_in_one_build_leaves_the_sums_alone(
    written: WrittenIndex, folder: Path
) -> None:
    written.publish(FOG)
    with begin_build(folder) as writer:
        written.put(writer, SHIPS)
        written.embed(writer)
        writer.remove("b")
        writer.publish(written.settings)
    assert find_store(written.where).problems() == []


def test_only_passages_in_a_quantised_file_are_noted_as_gone(
    written: WrittenIndex, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faiss_file, "SIZES", Sizes(exact=20, changes=10))
    written.publish(*(article(str(i), f"Note {i} on fog.") for i in range(30)))
    written.publish(article("later", "Added after the file was written."))
    written.publish(remove=("3", "later"))
    with closing(connect(folder)) as connection:
        assert rows(connection, "SELECT id FROM gone") == [(4,)]
    assert find_store(written.where).problems() == []


def test_texts_are_slices_in_code_points(written: WrittenIndex, writer: SqliteWriter) -> None:
    written.put(writer, article("a", "😀 Fog."))
    writer.connection.execute("UPDATE passage SET start = 2")
    assert writer.texts([1]) == ["Fog."]
