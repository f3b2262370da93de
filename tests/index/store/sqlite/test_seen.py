"""What a build knows of seed files, and how it notices which articles are gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.store.base.protocol import Skip
from index.store.sqlite.writer import SqliteWriter
from tests.support.written import WrittenIndex, article

SKIP = Skip("a#1", "odd", "taken")


@pytest.fixture
def writer(folder: Path) -> Iterator[SqliteWriter]:
    writer = SqliteWriter(folder)
    yield writer
    writer.close()


def test_a_file_without_skips_is_known_to_any_reader(writer: SqliteWriter) -> None:
    writer.set_read("a", "1", [], "reader")
    assert writer.connection.execute("SELECT * FROM file").fetchall() == [("a", "1", "")]
    assert writer.skips("a", "1", "other") == []


def test_skips_are_stored_with_the_reader_that_made_them(writer: SqliteWriter) -> None:
    writer.set_read("a", "1", [SKIP], "reader")
    ((stored,),) = writer.connection.execute("SELECT skipped FROM file")
    assert stored == '["reader", ["a#1", "odd", "taken", false]]'
    assert writer.skips("a", "1", "reader") == [SKIP]


def test_skips_of_an_earlier_version_are_read(writer: SqliteWriter) -> None:
    stored = '["reader", ["a#1", "odd", "taken"]]'
    writer.connection.execute("INSERT INTO file VALUES ('a', '1', ?)", (stored,))
    assert writer.skips("a", "1", "reader") == [SKIP]


def test_all_files_can_be_marked_as_unread(writer: SqliteWriter) -> None:
    for path in ("a", "b"):
        writer.set_read(path, "1", [], "reader")
    writer.set_all_unread()
    assert writer.paths() == []
    assert writer.skips("a", "1", "reader") is None


def test_an_article_is_marked_once(written: WrittenIndex, folder: Path) -> None:
    written.publish(article("a", "Fog."), article("b", "Rain."))
    writer = SqliteWriter(folder)
    assert (writer.see_file("a"), writer.see_file("a"), writer.see_below(".")) == (1, 0, 1)
    writer.close()


def test_names_are_compared_literally(written: WrittenIndex, folder: Path) -> None:
    """`%` and `_` are no wildcards, and "x" is no prefix of "xy/1" in the sense of folders."""
    names = ("%/1", "x/1", "xy/1", "a_c", "abc")
    written.publish(*(article(name, f"On {name}.") for name in names))
    writer = SqliteWriter(folder)
    assert writer.see_below("%") == 1
    assert writer.see_below("x") == 1
    assert writer.see_file("a_c") == 1
    assert sorted(identity for identity, _ in writer.unseen()) == ["abc", "xy/1"]
    writer.close()


def test_marks_do_not_outlive_their_build(written: WrittenIndex, folder: Path) -> None:
    written.publish(article("a", "Fog."))
    for _ in range(2):
        writer = SqliteWriter(folder)
        assert [identity for identity, _ in writer.unseen()] == ["a"]
        writer.see_file("a")
        writer.keep()


def test_a_new_article_is_marked_and_a_removed_one_is_not(
    written: WrittenIndex, writer: SqliteWriter
) -> None:
    written.put(writer, article("a", "Fog."))
    stored = writer.find("a")
    assert stored is not None
    assert stored.seen
    assert writer.unseen() == []
    writer.remove("a")
    assert writer.find("a") is None
