"""The error rate kept with an index: read back, dropped, void for other models."""

import json
from dataclasses import replace

import pytest

from index.errors import StorageError
from index.store.base.error_rate import (
    NOTE,
    ErrorRate,
    describe,
    in_force,
    keep_error_rate,
    percent,
    read_error_rate,
    why_void,
)
from index.store.base.settings import Settings
from index.store.doors import open_store
from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex, article

CHOSEN = ErrorRate(0.05, 0.95, 0.62, 200, 142, 2, "2026-11-28", 1, "fake 1", "abc")


@pytest.fixture
def index(tmp_path: object, encoder: FakeEncoder) -> WrittenIndex:
    written = WrittenIndex(f"{tmp_path}/index", encoder)
    written.publish(article("a", "Rain."))
    return written


def test_it_is_kept_replaced_and_dropped(index: WrittenIndex) -> None:
    store = open_store(index.where)
    assert read_error_rate(store) is None
    keep_error_rate(store, CHOSEN)
    assert read_error_rate(open_store(index.where)) == CHOSEN
    keep_error_rate(store, replace(CHOSEN, rate=0.1))
    assert read_error_rate(store) == replace(CHOSEN, rate=0.1)
    keep_error_rate(store, None)
    assert read_error_rate(store) is None


def test_another_encoder_or_reader_makes_it_void(index: WrittenIndex) -> None:
    store = open_store(index.where)
    assert in_force(store, lambda: "abc") == (None, "")
    keep_error_rate(store, CHOSEN)
    assert in_force(store, lambda: "abc") == (CHOSEN, "")
    chosen, why = in_force(store, lambda: "def")
    assert chosen is None
    assert "5% was measured with reader abc and is not in force: measure again" in why
    keep_error_rate(store, replace(CHOSEN, encoder="fake 0"))
    assert "encoder 'fake 0'" in in_force(store, lambda: "abc")[1]


def test_a_damaged_note_is_an_error_that_says_how_to_drop_it(index: WrittenIndex) -> None:
    store = open_store(index.where)
    for damaged in ("{", json.dumps({"rate": 1}), "[]"):
        store.set_note(NOTE, damaged)
        with pytest.raises(StorageError, match="--apply none"):
            read_error_rate(store)


def test_it_is_described_with_what_has_changed_since(index: WrittenIndex) -> None:
    settings = open_store(index.where).settings
    shown = describe(CHOSEN, settings)
    assert shown.startswith("wrong in at most 5% of the answers: threshold 0.62 (200 questions")
    assert shown.endswith("reader abc)")
    assert describe(CHOSEN, replace(settings, generation=3)).endswith("has changed 2 times since")
    assert "void" in describe(CHOSEN, replace(settings, revision="2"))


def test_without_a_known_reader_only_the_encoder_counts() -> None:
    assert why_void(CHOSEN, Settings("fake", "1", 64, 128, 1, 1)) == ""


def test_shares_are_shown_in_percent() -> None:
    assert [percent(share) for share in (0.05, 0.025, 0.2, 0.999)] == ["5%", "2.5%", "20%", "99.9%"]
