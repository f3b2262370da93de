"""What a build knows of files and articles follows its own changes."""

from index.store.base.protocol import Skip
from index.store.doors import begin_build, open_store
from tests.support.written import WrittenIndex, article


def test_files_as_the_build_will_leave_them(index: WrittenIndex) -> None:
    index.publish()
    with begin_build(index.where) as writer:
        writer.set_read("a", "1", [], "reader")
        writer.set_read("b", "1", [Skip("b", "odd")], "reader")
        writer.keep()
    with begin_build(index.where) as writer:
        writer.set_read("c", "1", [], "reader")
        writer.forget("a")
        writer.set_unread("b")
        assert sorted(writer.paths()) == ["b", "c"]
        assert writer.last_skips("b") == [Skip("b", "odd")]
        writer.keep()
    with begin_build(index.where) as writer:
        assert sorted(writer.paths()) == ["b", "c"]
        assert writer.skips("b", "1", "reader") is None
        assert writer.skips("c", "1", "reader") == []


def test_a_new_place_counts_before_it_is_stored(index: WrittenIndex) -> None:
    index.publish(article("in", "Text.", path="o.zip", place="o.zip#old#a.txt"))
    with begin_build(index.where) as writer:
        writer.see_at("in", "o.zip#new#a.txt")
        writer.see_at("in", "o.zip#newer#a.txt")
        writer.keep()
    with begin_build(index.where) as writer:
        assert writer.see_in("o.zip", "o.zip#old") == 0
        assert writer.see_in("o.zip", "o.zip#newer") == 1
    with open_store(index.where).snapshot() as snapshot:
        assert snapshot.titles(9) == [("o.zip#newer#a.txt", "in")]


def test_removed_articles_are_neither_seen_nor_unseen(index: WrittenIndex) -> None:
    index.publish(article("a", "Fog."), article("b", "Rain."))
    with begin_build(index.where) as writer:
        writer.remove("a")
        index.put(writer, article("c", "Snow.", path="a"))
        assert writer.see_file("a") == 0
        assert [identity for identity, _ in writer.unseen()] == ["b"]
        writer.close()
