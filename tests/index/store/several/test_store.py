"""Several archives are open together; one that fails is left out and named."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import ArchiveError, NoIndexError, PartFailedError, StorageError
from index.store.base.protocol import Snapshot
from index.store.base.search_filter import SearchFilter
from index.store.doors import open_store, open_stores
from index.store.several.snapshot import SeveralSnapshot
from index.store.several.store import AGAIN_AFTER, SeveralStore, narrowed, read
from tests.support.fakes import FakeEncoder
from tests.support.several import Opened, opened
from tests.support.written import WrittenIndex, article

from .conftest import Several


@pytest.fixture
def papers(several: Several) -> Opened:
    return several(news=[article("a", "Fog over Ulm.")], old=[article("b", "Fog in Bonn.")])


def asked(store: SeveralStore) -> tuple[list[str], list[str]]:
    """Return the ids of all articles, and the archives that are not asked."""
    with store.snapshot() as snapshot:
        ids = [each.id for each in snapshot.articles()]
        return ids, [missing.archive for missing in snapshot.not_asked]


def damage(place: str) -> None:
    file = Path(place) / "archive.sqlite"
    file.write_bytes(file.read_bytes()[:4096] + b"\xa5" * 8192)


def test_a_missing_archive_is_named_and_asked_once_it_is_there(
    papers: Opened, encoder: FakeEncoder, tmp_path: Path
) -> None:
    places = papers.places | {"wire": str(tmp_path / "wire")}
    store = opened(places).store
    assert asked(store) == (["news:a", "old:b"], ["wire"])
    with store.snapshot() as snapshot:
        assert "there is no index in" in snapshot.not_asked[0].why
        with pytest.raises(PartFailedError, match="'wire' cannot be asked: there is no index"):
            snapshot.article("wire:x")
    WrittenIndex(places["wire"], encoder).publish(article("x", "Rain."))
    assert asked(store) == (["news:a", "old:b", "wire:x"], [])


def test_if_not_one_can_be_asked_it_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match=r"there is no index in '.*one'"):
        open_stores([str(tmp_path / "one"), str(tmp_path / "two")])


def test_a_damaged_archive_is_left_out(papers: Opened) -> None:
    damage(papers.places["old"])
    assert asked(papers.store) == (["news:a"], ["old"])


def test_what_fails_while_it_is_read_is_left_out_of_another_try(
    papers: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, tries = [100.0], list[list[str]]()
    monkeypatch.setattr("index.store.several.store.time.monotonic", lambda: now[0])

    def work(snapshot: Snapshot) -> list[str]:
        assert isinstance(snapshot, SeveralSnapshot)
        tries.append([part.name for part in snapshot._parts])
        if "old" in tries[-1]:
            snapshot._parts[1].fail(StorageError("torn page"))
        return [missing.why for missing in snapshot.not_asked]

    (why,) = read(papers.store, work)
    assert why == "the archive 'old' failed: torn page"
    assert tries == [["news", "old"], ["news"]]
    assert read(papers.store, work) == [why]  # it is not tried again for a while
    now[0] += AGAIN_AFTER
    read(papers.store, work)
    assert tries[-2:] == [["news", "old"], ["news"]]


def test_the_last_archives_failure_is_an_error(papers: Opened) -> None:
    def work(snapshot: Snapshot) -> None:
        assert isinstance(snapshot, SeveralSnapshot)
        snapshot._parts[0].fail(StorageError("torn page"))

    with pytest.raises(StorageError, match="the archive 'news' failed: torn page"):
        read(papers.store, work)


def test_a_build_of_one_archive_is_seen_by_the_next_snapshot(
    papers: Opened, encoder: FakeEncoder
) -> None:
    generation = papers.store.settings.generation
    with papers.store.snapshot() as snapshot:
        WrittenIndex(papers.places["old"], encoder).publish(article("c", "Rain."))
        assert snapshot.count_articles() == 2
    assert asked(papers.store)[0] == ["news:a", "old:b", "old:c"]
    assert papers.store.settings.generation == generation + 1


def test_archives_of_another_encoder_are_refused_then_left_out(
    papers: Opened, encoder: FakeEncoder
) -> None:
    papers.store.require_encoder(encoder)
    index = WrittenIndex(papers.places["old"], encoder)
    index.settings = replace(index.settings, revision="2")
    index.publish(article("c", "Rain."))
    with papers.store.snapshot() as snapshot:
        (missing,) = snapshot.not_asked
        assert "archive-qa build SEEDS --index" in missing.why
        assert "--re-embed" in missing.why
    with pytest.raises(ArchiveError, match=r"revision 2, .* not with 'fake' .* --re-embed"):
        papers.store.require_encoder(encoder)
    fresh = opened(papers.places).store
    with fresh.snapshot() as snapshot:  # nobody has said which encoder: the first one's
        assert "the others with 'fake' (revision 1)" in snapshot.not_asked[0].why


def test_one_archive_is_asked_as_if_it_were_alone(papers: Opened) -> None:
    store, rest = narrowed(papers.store, SearchFilter.of(language="en", archive="old"))
    assert rest == SearchFilter.of(language="en")
    with store.snapshot() as snapshot, open_store(papers.places["old"]).snapshot() as alone:
        assert snapshot.count_passages() == alone.count_passages() == 1
        assert snapshot.choose(["ulm", "bonn"]) == alone.choose(["ulm", "bonn"])
    for several in (papers.store, store):
        with pytest.raises(ArchiveError, match="there is no archive 'x': there are news, old"):
            narrowed(several, SearchFilter.of(archive="x"))
    with pytest.raises(ArchiveError, match="there is one archive, which needs no name"):
        narrowed(open_store(papers.places["old"]), SearchFilter.of(archive="x"))


def test_all_is_well_after_many_failures(papers: Opened, encoder: FakeEncoder) -> None:
    """No connection stays open, and the place can be taken by a new index."""
    for _ in range(30):
        shutil.rmtree(papers.places["old"])
        assert asked(papers.store)[1] == ["old"]
        WrittenIndex(papers.places["old"], encoder).publish(article("b", "Fog in Bonn."))
        assert asked(papers.store)[1] == []
