"""Opening a store, what it weighs, what is wrong with it, and the encoder that it needs."""

from dataclasses import replace

import pytest

from index.errors import ArchiveError
from index.store.base.protocol import Repaired
from index.store.doors import begin_build, find_store, open_store
from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex, article


def test_where_there_is_no_index_there_is_an_error(where: str) -> None:
    for _ in range(2):  # opening creates nothing
        with pytest.raises(ArchiveError, match="there is no index"):
            open_store(where)


def test_an_index_that_was_never_published_is_not_opened(where: str) -> None:
    with begin_build(where) as writer:
        writer.close()
    with pytest.raises(ArchiveError, match="never finished: build it again"):
        open_store(where)


def test_a_store_knows_its_place_and_its_sizes(index: WrittenIndex) -> None:
    index.publish(article("a", "Rain."))
    store = open_store(index.where)
    assert store.where == index.where
    assert open_store(store.place).settings == store.settings
    assert sum(store.sizes().values()) > 1000


def test_another_encoder_is_an_error_that_names_both(
    index: WrittenIndex, encoder: FakeEncoder
) -> None:
    index.publish(article("a", "Rain."))
    store = open_store(index.where)
    store.require_encoder(encoder)
    other = FakeEncoder()
    other.name = "other"
    with pytest.raises(ArchiveError, match=r"built with the encoder 'fake' .* not with 'other'"):
        store.require_encoder(other)


def test_keywords_of_other_rules_need_a_build(index: WrittenIndex, encoder: FakeEncoder) -> None:
    index.settings = replace(index.settings, terms=0)
    index.publish(article("a", "Rain."))
    with pytest.raises(ArchiveError, match=r"keywords .* rules 0, .* bring it up to date"):
        open_store(index.where).require_encoder(encoder)


def test_a_sound_index_has_no_problems_and_needs_no_repair(
    index: WrittenIndex, encoder: FakeEncoder
) -> None:
    index.publish(article("a", "Rain."), article("b", "Fog. Mist.", language="zh"))
    store = find_store(index.where)
    assert store.problems() == []
    assert store.repair(encoder) == Repaired([], [])
    assert store.settings.generation == 1


def test_what_cannot_be_derived_is_reported_and_the_rest_is_repaired(
    index: WrittenIndex, encoder: FakeEncoder
) -> None:
    index.settings = replace(index.settings, terms=0)
    index.publish(article("a", "Rain over Ulm."))
    store = find_store(index.where)
    assert [problem.what for problem in store.problems()] == ["keywords"]
    found, remaining = store.repair(encoder)
    assert ([problem.what for problem in found], remaining) == (["keywords"], [])
    store.require_encoder(encoder)


def test_notes_are_kept_replaced_and_dropped(index: WrittenIndex) -> None:
    index.publish(article("a", "Rain."))
    store = open_store(index.where)
    assert store.note("a") is None
    store.set_note("a", "one")
    store.set_note("b", "“二”\n")
    store.set_note("a", "two")
    other = open_store(index.where)
    assert (other.note("a"), other.note("b")) == ("two", "“二”\n")
    other.set_note("a", None)
    other.set_note("nothing", None)
    assert (store.note("a"), store.note("b")) == (None, "“二”\n")


def test_builds_checks_and_repairs_leave_notes_alone(
    index: WrittenIndex, encoder: FakeEncoder
) -> None:
    index.publish(article("a", "Rain."))
    open_store(index.where).set_note("a", "kept")
    index.publish(article("b", "Fog."), remove=("a",))
    store = find_store(index.where)
    assert store.problems() == []
    assert store.repair(encoder) == Repaired([], [])
    assert store.note("a") == "kept"
    assert store.settings.generation == 2


def test_a_note_needs_an_index_that_nobody_is_building(index: WrittenIndex) -> None:
    with pytest.raises(ArchiveError, match="there is no index"):
        find_store(index.where).set_note("a", "x")
    index.publish(article("a", "Rain."))
    store = open_store(index.where)
    with begin_build(index.where) as writer:
        with pytest.raises(ArchiveError, match="under way"):
            store.set_note("a", "x")
        writer.close()
    assert store.note("a") is None
