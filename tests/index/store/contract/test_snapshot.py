"""Snapshots: everything that one returns belongs together, whatever builds do meanwhile."""

import threading

import pytest

from index.store.base.protocol import Snapshot
from index.store.doors import open_store
from tests.support.written import WrittenIndex, article

TEXT = "The keeper of the {} lighthouse counted {} ships before noon and wrote them down."
NUMBERS = list("0123456789")


@pytest.fixture
def north(index: WrittenIndex) -> WrittenIndex:
    """An index of five articles on one lighthouse."""
    index.publish(*(article(str(i), TEXT.format("north", i)) for i in range(5)))
    return index


def texts(snapshot: Snapshot) -> dict[int, str]:
    return {i: p.text for i, p in snapshot.passages(range(1, 1000)).items()}


def test_an_article_is_found_by_id_by_keyword_and_by_vector(north: WrittenIndex) -> None:
    with open_store(north.where).snapshot() as snapshot:
        assert snapshot.count_articles() == snapshot.count_passages() == 5
        stored = snapshot.article("3")
        assert stored is not None
        assert stored.text == TEXT.format("north", 3)
        ((by_keyword, _),) = snapshot.keywords(["3"], 5)
        assert snapshot.passages([by_keyword])[by_keyword].text == stored.text
        (first, best), (_, second) = snapshot.nearest(north.vector(stored.text), 2)
        assert first == by_keyword
        assert best > second


def test_settings_are_those_of_the_snapshots_generation(north: WrittenIndex) -> None:
    store = open_store(north.where)
    with store.snapshot() as snapshot:
        north.publish(article("5", TEXT.format("north", 5)))
        assert (snapshot.settings.generation, snapshot.settings.passages) == (1, 5)
    assert (store.settings.generation, store.settings.passages) == (2, 6)


def test_a_snapshot_stays_as_it_was_while_a_build_publishes(north: WrittenIndex) -> None:
    store, vector = open_store(north.where), north.vector("lighthouse")
    with store.snapshot() as snapshot:
        before = texts(snapshot)
        changed = article("1", TEXT.format("south", 1)), article("9", TEXT.format("east", 9))
        north.publish(*changed, remove=("0",))
        assert texts(snapshot) == before
        assert {i for i, _ in snapshot.nearest(vector, 99)} == set(before)
        assert {i for i, _ in snapshot.keywords(NUMBERS, 99)} == set(before)
        assert snapshot.count_by("path") == dict.fromkeys("01234", 1)
        with store.snapshot() as later:
            after = texts(later)
            assert {i for i, _ in later.nearest(vector, 99)} == set(after)
            assert len(set(after) - set(before)) == 2
        # the older one still searches its own vectors
        assert {i for i, _ in snapshot.nearest(vector, 99)} == set(before)


def test_threads_read_whole_archives_while_builds_publish(north: WrittenIndex) -> None:
    store, done = open_store(north.where), threading.Event()
    wrong: list[object] = []
    vector = north.vector("lighthouse")

    def read() -> None:
        while not done.is_set():
            try:
                with store.snapshot() as snapshot:
                    now = texts(snapshot)
                    places = {text.split()[4] for text in now.values()}
                    near = {i for i, _ in snapshot.nearest(vector, 99)}
                    words = {i for i, _ in snapshot.keywords(NUMBERS, 99)}
                if len(places) != 1 or not near == words == set(now):
                    wrong.append((places, near, words, set(now)))
            except BaseException as error:
                wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        for i, place in enumerate(["south", "east", "west"] * 4):
            fresh = [article(str(j), TEXT.format(place, j)) for j in range(5 + i % 3)]
            north.publish(*fresh, remove=map(str, range(10)))
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert wrong == []


def test_errors_of_the_caller_are_passed_on(north: WrittenIndex) -> None:
    with pytest.raises(ZeroDivisionError), open_store(north.where).snapshot():
        raise ZeroDivisionError


def test_an_empty_archive_can_be_read(index: WrittenIndex) -> None:
    index.publish()
    with open_store(index.where).snapshot() as snapshot:
        assert snapshot.count_articles() == snapshot.count_passages() == 0
        assert not snapshot.nearest(index.vector("fog"), 5)
        assert not snapshot.keywords(["fog"], 5)
        assert not list(snapshot.articles())
        assert not list(snapshot.all_passages())
        assert not snapshot.languages()
        assert not snapshot.titles(5)
        assert not snapshot.count_by("kind")
        assert snapshot.spread() == 1.0
