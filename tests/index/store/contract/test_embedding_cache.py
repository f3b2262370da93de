"""The cache of embeddings: found again after a killed build, by content and encoder."""

import numpy as np

from index.store.doors import begin_build
from tests.support.fakes import FakeEncoder

VALUES = np.arange(128, dtype=np.float32).reshape(2, 64)


def test_vectors_are_found_by_a_later_build(where: str, encoder: FakeEncoder) -> None:
    with begin_build(where) as writer:
        cache = writer.embedding_cache(encoder)
        cache.put([b"a", b"b"], VALUES)
        cache.close()
        writer.close()
    with begin_build(where) as writer:
        cache = writer.embedding_cache(encoder)
        found = cache.get(b"b")
        assert found is not None
        assert np.array_equal(found, VALUES[1])
        assert cache.get(b"c") is None
        cache.close()
        writer.close()


def test_another_encoder_finds_nothing(where: str, encoder: FakeEncoder) -> None:
    other = FakeEncoder()
    other.revision = "2"
    with begin_build(where) as writer:
        cache = writer.embedding_cache(encoder)
        cache.put([b"a"], VALUES[:1])
        cache.close()
        cache = writer.embedding_cache(other)
        assert cache.get(b"a") is None
        cache.close()
        writer.close()


def test_a_discarded_cache_is_empty(where: str, encoder: FakeEncoder) -> None:
    with begin_build(where) as writer:
        cache = writer.embedding_cache(encoder)
        cache.put([b"a"], VALUES[:1])
        cache.discard()
        cache = writer.embedding_cache(encoder)
        assert cache.get(b"a") is None
        cache.discard()
        writer.close()
