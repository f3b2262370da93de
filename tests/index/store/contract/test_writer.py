"""One build's transaction: all of it is published, or none."""

import random
import string
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from index.errors import ArchiveError
from index.formats.metadata import MAX_NAME
from index.store.base.protocol import Skip, Writer
from index.store.doors import begin_build, find_store, open_store
from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex, article

FOG, SHIPS = article("a", "Fog over the harbour."), article("b", "Ships in the fog.")


@pytest.fixture
def writer(where: str) -> Iterator[Writer]:
    with begin_build(where) as writer:
        yield writer
        writer.close()


@pytest.fixture
def published(index: WrittenIndex) -> WrittenIndex:
    index.publish(FOG, SHIPS)
    return index


def count(where: str, word: str) -> int:
    with open_store(where).snapshot() as snapshot:
        return len(snapshot.keywords([word], 99))


def test_nothing_is_seen_before_it_is_published(published: WrittenIndex) -> None:
    with begin_build(published.where) as writer:
        published.put(writer, article("c", "More fog."))
        writer.remove("a")
        assert count(published.where, "fog") == 2
        writer.close()
    assert count(published.where, "fog") == 2
    with begin_build(published.where) as writer:
        assert writer.find("c") is None
        assert writer.find("a") is not None
        writer.close()


def test_an_error_in_a_build_leaves_the_old_archive(published: WrittenIndex) -> None:
    with pytest.raises(ZeroDivisionError), begin_build(published.where) as writer:  # noqa: PT012
        writer.remove("a")
        raise ZeroDivisionError
    assert count(published.where, "fog") == 2
    published.publish(remove=("a",))  # and the lock is free again
    assert count(published.where, "fog") == 1


def test_only_one_build_at_a_time(published: WrittenIndex) -> None:
    with begin_build(published.where) as writer:
        with pytest.raises(ArchiveError, match="another build of .* under way"):  # noqa: SIM117, RUF043
            with begin_build(published.where):
                pass
        writer.close()


def test_removed_and_replaced_articles_are_found_no_more(published: WrittenIndex) -> None:
    published.publish(article("b", "Boats in the mist."), remove=("a", "nowhere"))
    counts = [count(published.where, word) for word in ("harbour", "fog", "ships", "mist")]
    assert counts == [0, 0, 0, 1]
    store = open_store(published.where)
    with store.snapshot() as snapshot:
        assert snapshot.count_passages() == len(snapshot.nearest(np.ones(64, np.float32), 99)) == 1
    assert store.problems() == []


def test_equal_passages_share_a_vector_until_the_last_is_gone(published: WrittenIndex) -> None:
    published.encoder.embedded.clear()
    published.publish(article("c", FOG.text), remove=("a",))
    assert published.encoder.embedded == []
    with open_store(published.where).snapshot() as snapshot:
        assert len(snapshot.nearest(np.ones(64, np.float32), 99)) == 2
    published.publish(remove=("c",))
    assert find_store(published.where).problems() == []  # no vector belongs to no passage


def test_articles_are_seen_by_file_place_and_folder(
    index: WrittenIndex, encoder: FakeEncoder
) -> None:
    names = ("x/1", "x/2", "xy", "z")
    index.publish(*(article(name, f"Text {name}.") for name in names))
    index.publish(article("in", "Text.", path="o.zip", place="o.zip#in/a.txt"))
    with begin_build(index.where) as writer:
        assert {identity for identity, _ in writer.unseen()} == {*names, "in"}
        assert writer.see_below("x") == 2
        assert (writer.see_file("xy"), writer.see_file("xy")) == (1, 0)
        assert (writer.see_in("o.zip", "o.zip#other"), writer.see_in("o.zip", "o.zip#in")) == (0, 0)
        assert writer.see_in("o.zip", "o.zip#in/a.txt") == 1
        assert [identity for identity, _ in writer.unseen()] == ["z"]
        assert writer.see_below(".") == 1
        assert writer.unseen() == []
        writer.close()


def test_a_moved_article_gets_its_new_place(published: WrittenIndex) -> None:
    with begin_build(published.where) as writer:
        writer.see_at("a", "a#2")
        stored = writer.find("a")
        assert stored is not None
        assert (stored.path, stored.digest, stored.seen) == ("a", published.digest(FOG), True)
        assert not writer.touched
        writer.keep()
    with open_store(published.where).snapshot() as snapshot:
        moved = snapshot.article("a")
        assert moved is not None
        assert (moved.path, moved.place) == ("a", "a#2")


def test_texts_come_in_the_given_order(index: WrittenIndex, writer: Writer) -> None:
    index.put(writer, article("a", "One."))
    index.put(writer, article("b", "Two 😀."))
    ids = [passage for _, passage in writer.not_embedded()]
    assert writer.texts([*reversed(ids), ids[0]]) == ["Two 😀.", "One.", "One."]
    assert writer.texts([]) == []


def test_read_files_are_remembered_until_they_change(writer: Writer) -> None:
    writer.set_read("a", "1", [], "reader")
    assert (writer.skips("a", "1", "reader"), writer.skips("a", "2", "reader")) == ([], None)
    skip = Skip("a#1", "odd", "taken")
    writer.set_read("a", "2", [skip], "reader")
    assert (writer.skips("a", "2", "reader"), writer.paths()) == ([skip], ["a"])
    writer.set_unread("a")
    assert (writer.skips("a", "2", "reader"), writer.paths()) == (None, ["a"])
    assert writer.last_skips("a") == [skip]
    writer.forget("a")
    assert (writer.skips("a", "2", "reader"), writer.paths()) == (None, [])
    assert writer.last_skips("a") == []


def test_a_file_without_a_stamp_is_on_record_and_unread(writer: Writer) -> None:
    skip = Skip("a", "page 3 is not text", partly=True)
    writer.set_read("a", "", [skip], "reader")
    assert (writer.skips("a", "1", "reader"), writer.paths()) == (None, ["a"])
    assert writer.last_skips("a") == [skip]
    writer.set_unread("b")
    writer.forget("b")
    assert writer.paths() == ["a"]


def test_skips_of_another_reader_do_not_count(writer: Writer) -> None:
    writer.set_read("bad", "1", [Skip("bad", "odd")], "old reader")
    writer.set_read("good", "1", [], "old reader")
    assert writer.skips("bad", "1", "new reader") is None
    assert writer.skips("good", "1", "new reader") == []  # nothing to read better


def test_keeping_stores_what_is_known_of_files_and_publishes_nothing(
    published: WrittenIndex,
) -> None:
    before = open_store(published.where).settings
    with begin_build(published.where) as writer:
        writer.set_read("a", "1", [], "reader")
        writer.keep()
    assert open_store(published.where).settings == before
    with begin_build(published.where) as writer:
        assert writer.paths() == ["a"]
        writer.close()


def test_remaking_keywords_changes_nothing_under_the_same_rules(published: WrittenIndex) -> None:
    with begin_build(published.where) as writer:
        assert not writer.touched
        writer.remake_keywords()
        assert writer.touched
        writer.remove("a")
        writer.publish(published.settings)
    assert [count(published.where, word) for word in ("fog", "harbour", "ships")] == [1, 0, 1]


def test_publishing_does_not_wait_for_readers(published: WrittenIndex) -> None:
    store = open_store(published.where)
    with store.snapshot() as snapshot:
        assert snapshot.count_articles() == 2
        published.publish(remove=("a",))
        assert snapshot.count_articles() == 2
    with store.snapshot() as snapshot:
        assert snapshot.count_articles() == 1


def test_counts_are_those_of_the_build_under_way(published: WrittenIndex) -> None:
    with begin_build(published.where) as writer:
        writer.remove("a")
        published.put(writer, article("c", "\n\n".join(["Rain fell all day. " * 40] * 3)))
        assert writer.count_articles() == 2
        assert writer.count_passages() > 2
        writer.close()


def test_generations_count_up_and_bear_their_time(published: WrittenIndex) -> None:
    first = open_store(published.where).settings
    published.publish(article("c", "Rain."))
    second = open_store(published.where).settings
    assert (first.generation, second.generation) == (1, 2)
    assert (first.passages, second.passages) == (2, 3)
    assert second.published >= first.published > "2026"


def test_passage_ids_are_never_reused(published: WrittenIndex) -> None:
    def ids() -> set[int]:
        with open_store(published.where).snapshot() as snapshot:
            return set(snapshot.passages(range(1, 100)))

    before = ids()
    published.publish(remove=("a", "b"))
    assert ids() == set()
    published.publish(FOG, SHIPS)
    assert ids().isdisjoint(before)


def test_vectors_are_sound_once_published(where: str, index: WrittenIndex) -> None:
    with begin_build(where) as writer:
        assert writer.settings is None
        assert not writer.vectors_are_sound()
        writer.close()
    index.publish(FOG)
    with begin_build(where) as writer:
        assert writer.settings == open_store(where).settings
        assert writer.vectors_are_sound()
        writer.close()


def test_contents_without_a_vector_are_listed_once_by_their_first_passage(
    index: WrittenIndex, writer: Writer
) -> None:
    for name, text in (("a", "Rain."), ("b", "Fog."), ("c", "Rain.")):
        index.put(writer, article(name, text))
    missing = list(writer.not_embedded())
    assert writer.count_not_embedded() == len(missing) == 2
    contents, ids = zip(*missing, strict=True)
    assert list(ids) == sorted(ids)
    assert writer.texts(ids) == ["Rain.", "Fog."]
    writer.add_vectors(contents[:1], np.eye(1, 64, dtype=np.float32))
    assert list(writer.not_embedded()) == missing[1:]
    assert writer.count_not_embedded() == 1


def test_a_content_is_listed_again_after_its_articles_were_removed(
    published: WrittenIndex,
) -> None:
    published.publish(remove=("a",))
    with begin_build(published.where) as writer:
        assert writer.count_not_embedded() == 0
        published.put(writer, FOG)
        assert writer.count_not_embedded() == 1
        writer.close()


def test_stored_vectors_are_returned_by_the_search(where: str, index: WrittenIndex) -> None:
    vector = np.zeros(64, np.float32)
    vector[[3, 5]] = 0.6, -0.8
    with begin_build(where) as writer:
        index.put(writer, FOG)
        ((content, _),) = writer.not_embedded()
        writer.add_vectors([content], vector.reshape(1, -1))
        writer.publish(index.settings)
    with open_store(where).snapshot() as snapshot:
        ((_, score),) = snapshot.nearest(vector, 1, neutral=0.0)
        assert score == pytest.approx(1.0, abs=1e-6)
        ((_, score),) = snapshot.nearest(-vector, 1, neutral=0.0)
        assert score == pytest.approx(-1.0, abs=1e-6)


def test_replacing_an_article_replaces_its_passages(index: WrittenIndex) -> None:
    index.publish(article("a", "\n\n".join(["Rain fell all day long. " * 30] * 3)))
    index.publish(article("a", "Fog."))
    with open_store(index.where).snapshot() as snapshot:
        assert [passage.text for passage in snapshot.all_passages()] == ["Fog."]
        assert snapshot.count_by("kind") == {"body": 1}
        assert snapshot.keywords(["rain"], 9) == []


def test_an_unknown_article_is_not_found_or_seen_or_removed(writer: Writer) -> None:
    assert writer.find("nowhere") is None
    writer.see_at("nowhere", "nowhere#2")
    writer.remove("nowhere")
    assert (writer.see_file("nowhere"), writer.see_below("nowhere")) == (0, 0)
    assert (writer.unseen(), writer.touched) == ([], False)


def test_unseen_articles_come_with_their_digests(published: WrittenIndex) -> None:
    with begin_build(published.where) as writer:
        writer.see_file("a")
        assert writer.unseen() == [("b", published.digest(SHIPS))]
        writer.close()


def test_seeing_touches_nothing_and_writing_does(published: WrittenIndex) -> None:
    with begin_build(published.where) as writer:
        writer.see_file("a")
        writer.see_below(".")
        writer.set_read("a", "1", [], "reader")
        writer.set_unread("a")
        assert not writer.touched
        writer.remove("a")
        assert writer.touched
        writer.close()
    with begin_build(published.where) as writer:
        published.put(writer, SHIPS)
        assert writer.touched
        writer.close()


def test_partly_read_files_are_remembered_as_such(writer: Writer) -> None:
    skip = Skip("a.pdf", "page 3 is not text", partly=True)
    writer.set_read("a.pdf", "1", [skip], "reader")
    assert writer.skips("a.pdf", "1", "reader") == [skip]


def test_articles_are_partly_read_until_they_read_whole_or_are_gone(
    published: WrittenIndex,
) -> None:
    def counted(skips: dict[str, list[Skip]], unread: tuple[str, ...] = ()) -> int:
        with begin_build(published.where) as writer:
            for path, skipped in skips.items():
                writer.set_read(path, "1", skipped, "reader")
            for path in unread:
                writer.set_unread(path)
            writer.keep()
        with open_store(published.where).snapshot() as snapshot:
            return snapshot.count_partly_read()

    published.publish(article("c", "Rain.", path="x.zip", place="x.zip#c.txt"))
    page, chart = Skip("a", "page 3", partly=True), Skip("a", "a chart", partly=True)
    assert counted({}) == 0
    assert counted({"a": [page, chart], "b": [Skip("b", "odd")]}) == 1
    inside, none = (Skip(f"x.zip#{name}", "odd", partly=True) for name in ("c.txt", "d.txt"))
    assert counted({"x.zip": [inside, none]}) == 2
    assert counted({}, unread=("a",)) == 2
    assert counted({"x.zip": []}) == 1
    published.publish(remove=("a",))
    assert counted({}) == 0


def test_leaving_a_build_without_publishing_frees_the_index(published: WrittenIndex) -> None:
    with begin_build(published.where) as writer:
        writer.remove("a")
    with begin_build(published.where) as writer:  # at once, not after a time-out
        assert writer.find("a") is not None


def test_dropped_vectors_are_embedded_again_and_nothing_else_changes(
    published: WrittenIndex,
) -> None:
    with open_store(published.where).snapshot() as snapshot:
        passages = list(snapshot.all_passages())
    with begin_build(published.where) as writer:
        assert writer.count_not_embedded() == 0
        writer.drop_vectors()
        assert writer.touched
        contents, _ = zip(*writer.not_embedded(), strict=True)
        vectors = np.zeros((len(contents), 8), np.float32)
        vectors[range(len(contents)), range(len(contents))] = 1
        writer.add_vectors(contents, vectors)
        writer.publish(replace(published.settings, revision="2", dimension=8))
    store = open_store(published.where)
    assert (store.settings.revision, store.settings.dimension) == ("2", 8)
    assert store.problems() == []
    with store.snapshot() as snapshot:
        assert list(snapshot.all_passages()) == passages
        ((_, score),) = snapshot.nearest(vectors[0], 1, neutral=0.0)
        assert score == pytest.approx(1.0, abs=1e-6)


def test_dropped_vectors_stay_if_the_build_does_not_publish(published: WrittenIndex) -> None:
    with begin_build(published.where) as writer:
        writer.drop_vectors()
        writer.close()
    assert open_store(published.where).problems() == []
    with begin_build(published.where) as writer:
        assert writer.count_not_embedded() == 0
        writer.close()


def test_the_longest_names_that_are_read_can_be_kept(index: WrittenIndex) -> None:
    letters = random.Random(1).choices(string.ascii_letters + string.digits, k=MAX_NAME)
    name = "".join(letters)  # PostgreSQL cannot compress it
    index.publish(article(name, "Fog.", path=name))
    with begin_build(index.where) as writer:
        writer.set_read(name, "stamp", [], "reader")
        writer.publish(index.settings)
    with open_store(index.where).snapshot() as snapshot:
        assert [each.id for each in snapshot.articles()] == [name]
