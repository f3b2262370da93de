"""One build's transaction: all of it is published, or none."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.article import Article, Part
from index.passage import passages
from index.store.base.protocol import Skip
from index.store.base.settings import Settings
from index.store.doors import open_store
from index.store.sqlite.writer import SqliteWriter

SETTINGS = Settings("fake", "1", 64, 128, 1, 1, generation=1)


def article(identity: str, text: str) -> Article:
    parts = (Part(0, len(text), "body"),)
    return Article(identity, None, text, None, "en", identity, parts=parts, place=identity)


def put(writer: SqliteWriter, identity: str, text: str) -> None:
    one = article(identity, text)
    writer.put(one, text.encode(), passages(one, 128))


def embed(writer: SqliteWriter, encoder) -> None:
    missing = list(writer.not_embedded())
    assert writer.count_not_embedded() == len(missing)
    if missing:
        contents, ids = zip(*missing, strict=True)
        writer.add_vectors(contents, encoder.passages(writer.texts(ids)))


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[SqliteWriter]:
    writer = SqliteWriter(tmp_path)
    yield writer
    writer.abandon()


@pytest.fixture
def index(tmp_path: Path, encoder) -> Path:
    """A published index of two articles."""
    writer = SqliteWriter(tmp_path)
    put(writer, "a", "Fog over the harbour.")
    put(writer, "b", "Ships in the fog.")
    embed(writer, encoder)
    writer.publish(SETTINGS)
    return tmp_path


def words(index: Path, word: str) -> int:
    with open_store(index).snapshot() as snapshot:
        return len(snapshot.keywords([word], 99))


def test_nothing_is_seen_before_it_is_published(index: Path, encoder) -> None:
    writer = SqliteWriter(index)
    put(writer, "c", "More fog.")
    writer.remove("a")
    assert words(index, "fog") == 2
    writer.abandon()
    assert words(index, "fog") == 2
    writer = SqliteWriter(index)
    assert writer.find("c") is None
    assert writer.find("a") is not None
    writer.abandon()


def test_what_is_removed_or_replaced_is_found_no_more(index: Path, encoder) -> None:
    writer = SqliteWriter(index)
    writer.remove("a")
    writer.remove("nowhere")
    put(writer, "b", "Boats in the mist.")
    embed(writer, encoder)
    writer.publish(replace(SETTINGS, generation=2))
    assert [words(index, word) for word in ("harbour", "fog", "ships", "mist")] == [0, 0, 0, 1]
    with open_store(index).snapshot() as snapshot:
        assert snapshot.count_passages() == len(snapshot.nearest(np.ones(64, np.float32), 99)) == 1
        (count,) = snapshot._connection.execute("SELECT count(*) FROM vector").fetchone()
    assert count == 1


def test_equal_passages_share_a_vector_until_the_last_is_gone(index: Path, encoder) -> None:
    encoder.embedded.clear()
    writer = SqliteWriter(index)
    put(writer, "c", "Fog over the harbour.")
    assert list(writer.not_embedded()) == []
    writer.remove("a")
    writer.publish(replace(SETTINGS, generation=2))
    assert encoder.embedded == []
    with open_store(index).snapshot() as snapshot:
        assert len(snapshot.nearest(np.ones(64, np.float32), 99)) == 2


def test_seeing_articles_by_path_place_and_folder(writer: SqliteWriter) -> None:
    for identity in ("x/1", "x/2", "xy", "z"):
        put(writer, identity, "Text.")
    writer._connection.execute("DELETE FROM seen")
    assert writer.see_below("x") == 2
    assert writer.see("path", "xy") == 1
    assert writer.see("path", "xy") == 0
    assert [identity for identity, _ in writer.unseen()] == ["z"]
    assert writer.see_below(".") == 1
    assert writer.unseen() == []


def test_texts_come_in_the_order_asked_for(writer: SqliteWriter) -> None:
    put(writer, "a", "One.")
    put(writer, "b", "Two 😀.")
    ids = [passage for _, passage in writer.not_embedded()]
    assert writer.texts([*reversed(ids), ids[0]]) == ["Two 😀.", "One.", "One."]
    assert writer.texts([]) == []


def test_what_was_read_is_known_until_it_is_forgotten(writer: SqliteWriter) -> None:
    writer.set_read("a", "1", [])
    assert (writer.skips("a", "1"), writer.skips("a", "2")) == ([], None)
    writer.set_read("a", "2", [Skip("a#1", "odd")])
    assert (writer.skips("a", "2"), writer.paths()) == ([Skip("a#1", "odd")], ["a"])
    writer.set_unread("a")
    assert (writer.skips("a", "2"), writer.paths()) == (None, [])


def test_remaking_keywords_changes_nothing_under_the_same_rules(index: Path) -> None:
    writer = SqliteWriter(index)
    writer.remake_keywords()
    writer.remove("a")
    assert writer.touched
    writer.publish(replace(SETTINGS, generation=2))
    assert [words(index, word) for word in ("fog", "harbour", "ships")] == [1, 0, 1]


def test_publishing_does_not_wait_for_readers(index: Path, encoder) -> None:
    store = open_store(index)
    with store.snapshot() as snapshot:
        assert snapshot.count_articles() == 2
        writer = SqliteWriter(index)
        writer.remove("a")
        writer.publish(replace(SETTINGS, generation=2))
        assert snapshot.count_articles() == 2
    with store.snapshot() as snapshot:
        assert snapshot.count_articles() == 1
