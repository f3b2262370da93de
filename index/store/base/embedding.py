"""Embed what has no vector yet, then publish: the last step of a build, and of a repair.

Works through the `Writer` protocol alone. Vectors go into the embedding cache as they are computed,
so that a killed build does not compute them again.
"""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice

import numpy as np
from tqdm import tqdm

from index.encoder.sentence import Encoder

from .protocol import EmbeddingCache, Writer
from .settings import Settings

BATCH = 256  # contents embedded between two commits to the cache


def publish(writer: Writer, settings: Settings, encoder: Encoder, progress: bool) -> None:
    """Embed every content without a vector, and publish the next generation."""
    cache = writer.embedding_cache(encoder)
    with closing(cache):
        _embed(writer, cache, encoder, progress)
    writer.publish(settings)
    cache.discard()


def _embed(writer: Writer, cache: EmbeddingCache, encoder: Encoder, progress: bool) -> None:
    total = writer.count_not_embedded()
    missing = writer.not_embedded()
    with tqdm(total=total, desc="embedding", unit=" passages", disable=not progress) as bar:
        for batch in _batches(missing):
            cached = {content: v for content in batch if (v := cache.get(content)) is not None}
            fresh = [content for content in batch if content not in cached]
            if cached:
                writer.add_vectors(list(cached), np.stack(list(cached.values())))
            if fresh:
                vectors = encoder.passages(writer.texts([batch[content] for content in fresh]))
                cache.put(fresh, vectors)
                writer.add_vectors(fresh, vectors)
            bar.update(len(batch))


def _batches(missing: Iterator[tuple[bytes, int]]) -> Iterator[dict[bytes, int]]:
    while batch := dict(islice(missing, BATCH)):
        yield batch
