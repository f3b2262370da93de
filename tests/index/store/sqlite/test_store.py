"""A store in a folder: when files are opened, and which vectors stay loaded."""

import shutil
from pathlib import Path

import pytest

from index.store.sqlite.store import SqliteStore
from index.store.sqlite.vector_search import VectorSearch
from tests.support.written import WrittenIndex, article


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The generations whose vectors are loaded."""
    found: list[int] = []
    load = VectorSearch.load

    def counted(*args: object) -> VectorSearch:
        found.append(args[2].settings.generation)  # type: ignore[attr-defined]
        return load(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(VectorSearch, "load", counted)
    return found


def nearest_text(store: SqliteStore, index: WrittenIndex, text: str) -> str:
    with store.snapshot() as snapshot:
        ((identity, _),) = snapshot.nearest(index.vector(text), 1)
        return snapshot.passages([identity])[identity].text


def test_nothing_is_opened_before_it_is_used(folder: Path) -> None:
    assert SqliteStore(folder).where == str(folder)
    assert not folder.exists()


def test_vectors_are_loaded_once_a_generation(
    written: WrittenIndex, folder: Path, loads: list[int]
) -> None:
    written.publish(article("a", "Fog."))
    store = SqliteStore(folder)
    assert [nearest_text(store, written, text) for text in ("Fog.", "Mist.")] == ["Fog.", "Fog."]
    assert loads == [1]
    written.publish(article("b", "Mist."))
    assert nearest_text(store, written, "Mist.") == "Mist."
    assert loads == [1, 2]


def test_vectors_are_not_loaded_for_anything_else(
    written: WrittenIndex, folder: Path, loads: list[int]
) -> None:
    written.publish(article("a", "Fog."))
    with SqliteStore(folder).snapshot() as snapshot:
        assert snapshot.keywords(["fog"], 1)
        assert snapshot.count_passages() == 1
    assert loads == []


def test_an_index_built_anew_in_the_same_folder_is_loaded_again(
    written: WrittenIndex, folder: Path, loads: list[int]
) -> None:
    """Its generations count from 1 again, so that the number alone says nothing."""
    written.publish(article("a", "Fog."))
    store = SqliteStore(folder)
    assert nearest_text(store, written, "Fog.") == "Fog."
    shutil.rmtree(folder)
    written.publish(article("a", "Rain and nothing else."))
    assert nearest_text(store, written, "Fog.") == "Rain and nothing else."
    assert loads == [1, 1]


def test_sizes_are_those_of_the_files(written: WrittenIndex, folder: Path) -> None:
    written.publish(article("a", "Fog."))
    sizes = SqliteStore(folder).sizes()
    assert sizes == {file.name: file.stat().st_size for file in folder.iterdir()}
    assert {"archive.sqlite", "vectors-00000001.faiss"} <= set(sizes)
