"""Searching: what it refuses, and which thread does what."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from index import ArchiveError
from index.store.doors import open_store
from index.store.sqlite.snapshot import SqliteSnapshot
from qa.searcher import Searcher
from tests.support.fakes import FakeEncoder

BODY = "The mayor opened the bridge on Monday. It cost 3.5 million euros.\n\nCars may use it."


@pytest.fixture
def bridge(make: Callable[..., object], tmp_path: Path, encoder: FakeEncoder) -> Searcher:
    make({"bridge.txt": BODY})
    return Searcher(open_store(tmp_path / "index"), encoder)


def test_k_below_1_is_an_error(bridge: Searcher) -> None:
    with pytest.raises(ArchiveError, match="k is 0"):
        bridge.search("bridge", k=0)


def test_searching_an_unknown_article_is_an_error(bridge: Searcher) -> None:
    with pytest.raises(ArchiveError, match="no article with the id 'nope'"):
        bridge.search("bridge", article="nope")


def test_only_the_encoder_runs_in_the_model_thread(
    bridge: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Database queries stay in the caller's thread, so that questions overlap."""
    threads: dict[str, str] = {}

    def record(name: str) -> None:
        original = getattr(SqliteSnapshot, name)

        def recorded(self: SqliteSnapshot, *given: object) -> object:
            threads[name] = threading.current_thread().name
            return original(self, *given)

        monkeypatch.setattr(SqliteSnapshot, name, recorded)

    for name in ("choose", "keywords", "passages"):
        record(name)
    queries = bridge.encoder.queries

    def recorded_queries(texts: Sequence[str]) -> object:
        threads["queries"] = threading.current_thread().name
        return queries(texts)

    monkeypatch.setattr(bridge.encoder, "queries", recorded_queries)
    bridge.search("When did the mayor open the bridge?")
    assert threads.pop("queries").startswith("models")
    assert threads == dict.fromkeys(("choose", "keywords", "passages"), "MainThread")


def test_a_draft_is_checked_in_a_part_of_the_archive(bridge: Searcher) -> None:
    draft = "The bridge cost 3.5 million euros."
    assert bridge.check_draft(draft).counts == {"verbatim": 1}
    assert bridge.check_draft(draft, language="fr").counts == {"not found": 1}
    with pytest.raises(ArchiveError, match="'day' must be a day"):
        bridge.check_draft(draft, day="soon")
