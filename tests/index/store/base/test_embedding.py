"""Embedding resumes after a killed build, and embeds each distinct text once."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from index.store.base import embedding
from index.store.base.protocol import EmbeddingCache, Vectors, Writer
from index.store.base.settings import Settings
from index.store.doors import begin_build, open_store
from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex, article

SETTINGS = Settings("fake", "1", 64, passage_tokens=128, rules=1, terms=1)
TEXTS = ("Fog.", "Rain.", "Snow.", "Wind.", "Hail.")


class MemoryCache:
    """An embedding cache that notes what happens to it."""

    def __init__(self, events: list[str]) -> None:
        self.events = events
        self.vectors: dict[bytes, Vectors] = {}

    def get(self, content: bytes) -> Vectors | None:
        return self.vectors.get(content)

    def put(self, contents: Sequence[bytes], values: Vectors) -> None:
        self.vectors.update(zip(contents, values, strict=True))

    def discard(self) -> None:
        self.events.append("discard")

    def close(self) -> None:
        self.events.append("close")


class MemoryWriter:
    """The part of a writer that embedding uses; every text is its own content."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.events: list[str] = []
        self.cache = MemoryCache(self.events)
        self.all_texts = texts
        self.vectors: dict[bytes, Vectors] = {}

    def embedding_cache(self, encoder: object) -> EmbeddingCache:
        return self.cache

    def count_not_embedded(self) -> int:
        return len(self.all_texts)

    def not_embedded(self) -> Iterator[tuple[bytes, int]]:
        return ((text.encode(), at) for at, text in enumerate(self.all_texts))

    def texts(self, passages: Sequence[int]) -> list[str]:
        return [self.all_texts[at] for at in passages]

    def add_vectors(self, contents: Sequence[bytes], values: Vectors) -> None:
        self.vectors.update(zip(contents, values, strict=True))

    def publish(self, settings: object) -> None:
        self.events.append("publish")


class InterruptedEncoder(FakeEncoder):
    """Embeds some batches, then is interrupted."""

    def __init__(self, batches: int) -> None:
        super().__init__()
        self.batches = batches

    def passages(self, texts: Sequence[str]) -> Vectors:
        if not self.batches:
            raise KeyboardInterrupt
        self.batches -= 1
        return super().passages(texts)


@pytest.fixture(autouse=True)
def batches_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "BATCH", 2)


def publish(writer: MemoryWriter, encoder: FakeEncoder, progress: bool = False) -> None:
    embedding.publish(cast(Writer, writer), SETTINGS, encoder, progress)


def test_every_content_gets_its_own_vector(encoder: FakeEncoder) -> None:
    writer = MemoryWriter(TEXTS)
    publish(writer, encoder)
    assert list(writer.vectors) == [text.encode() for text in TEXTS]
    assert np.array_equal(np.stack(list(writer.vectors.values())), encoder.queries(TEXTS))
    assert encoder.embedded == list(TEXTS)


def test_the_cache_is_discarded_only_after_publishing(encoder: FakeEncoder) -> None:
    writer = MemoryWriter(TEXTS)
    publish(writer, encoder)
    assert writer.events == ["close", "publish", "discard"]


def test_an_interrupted_build_publishes_nothing_and_keeps_its_cache() -> None:
    writer = MemoryWriter(TEXTS)
    with pytest.raises(KeyboardInterrupt):
        publish(writer, InterruptedEncoder(batches=1))
    assert writer.events == ["close"]
    assert sorted(writer.cache.vectors) == [b"Fog.", b"Rain."]


def test_cached_vectors_are_not_computed_again(encoder: FakeEncoder) -> None:
    writer = MemoryWriter(TEXTS)
    cached = np.full(64, 0.125, np.float32)
    writer.cache.put([b"Rain.", b"Wind.", b"Snow."], np.stack([cached] * 3))
    publish(writer, encoder)
    assert encoder.embedded == ["Fog.", "Hail."]
    assert np.array_equal(writer.vectors[b"Wind."], cached)
    assert len(writer.vectors) == 5


def test_an_archive_without_new_texts_never_calls_the_encoder() -> None:
    writer = MemoryWriter([])
    publish(writer, InterruptedEncoder(batches=0))
    assert writer.events == ["close", "publish", "discard"]


@pytest.mark.parametrize("progress", [True, False])
def test_the_progress_bar_is_shown_on_request(
    encoder: FakeEncoder, capsys: pytest.CaptureFixture[str], progress: bool
) -> None:
    publish(MemoryWriter(TEXTS), encoder, progress)
    assert ("embedding" in capsys.readouterr().err) is progress


def test_batches_may_be_drawn_ahead_and_the_workers_are_shown(
    encoder: FakeEncoder, capsys: pytest.CaptureFixture[str]
) -> None:
    class Ahead:
        batch = 2

        def embed(self, encoder: object, batches: Iterator[list[str]]) -> Iterator[Vectors]:
            return map(FakeEncoder().passages, list(batches))

        def status(self) -> str:
            return "16 workers"

    writer = MemoryWriter(TEXTS)
    writer.cache.put([b"Rain."], encoder.queries(["Rain."]))
    embedding.publish(cast(Writer, writer), SETTINGS, encoder, True, Ahead())
    vectors = np.stack([writer.vectors[text.encode()] for text in TEXTS])
    assert np.array_equal(vectors, encoder.queries(TEXTS))
    assert "16 workers" in capsys.readouterr().err


def test_a_killed_build_resumes_after_its_first_batch(tmp_path: Path, encoder: FakeEncoder) -> None:
    """The same through a real store: two processes would do what two builds do here."""
    index = WrittenIndex(str(tmp_path / "index"), encoder)
    for attempt in (InterruptedEncoder(batches=1), encoder):
        try:
            with begin_build(index.where) as writer:
                for text in TEXTS:
                    index.put(writer, article(text, text))
                embedding.publish(writer, index.settings, attempt, progress=False)
        except KeyboardInterrupt:
            assert attempt.embedded == ["Fog.", "Rain."]
    assert encoder.embedded == ["Snow.", "Wind.", "Hail."]
    with open_store(index.where).snapshot() as snapshot:
        nearest = snapshot.nearest(encoder.queries(["Fog."])[0], 5)
        assert snapshot.passages([nearest[0][0]])[nearest[0][0]].text == "Fog."
        assert len(nearest) == 5
