"""Embed what has no vector yet, then publish: the last step of a build, and of a repair.

Works through the `Writer` protocol alone. Vectors go into the embedding cache as they are computed,
so that a killed build does not compute them again.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import Protocol

import numpy as np
from tqdm import tqdm

from index.encoder.sentence import Encoder

from .protocol import EmbeddingCache, Vectors, Writer
from .settings import Settings

BATCH = 256  # contents embedded between two commits to the cache


class Embedder(Protocol):
    """Where passages are embedded: in this process, or on the workers of a cluster."""

    @property
    def batch(self) -> int:
        """How many passages are embedded at a time."""

    def embed(self, encoder: Encoder, batches: Iterator[list[str]]) -> Iterator[Vectors]:
        """Yield the vectors of each batch, in order; batches may be drawn ahead."""

    def status(self) -> str:
        """Return what to show beside a progress bar, such as "16 workers", or ""."""


class LocalEmbedder:
    """Embeds in this process, one batch after the other."""

    @property
    def batch(self) -> int:
        """How many passages are embedded at a time."""
        return BATCH

    def embed(self, encoder: Encoder, batches: Iterator[list[str]]) -> Iterator[Vectors]:
        """Yield the vectors of each batch, in order."""
        return map(encoder.passages, batches)

    def status(self) -> str:
        """Return nothing: there are no workers."""
        return ""


def publish(
    writer: Writer,
    settings: Settings,
    encoder: Encoder,
    progress: bool,
    embedder: Embedder | None = None,
) -> None:
    """Embed every content without a vector, and publish the next generation."""
    cache = writer.embedding_cache(encoder)
    with closing(cache):
        _embed(writer, cache, encoder, embedder or LocalEmbedder(), progress)
    writer.publish(settings)
    cache.discard()


def _embed(
    writer: Writer, cache: EmbeddingCache, encoder: Encoder, embedder: Embedder, progress: bool
) -> None:
    total = writer.count_not_embedded()
    awaited: deque[list[bytes]] = deque()  # the contents of each batch that was drawn
    with tqdm(total=total, desc="embedding", unit=" passages", disable=not progress) as bar:

        def fresh_texts() -> Iterator[list[str]]:
            for batch in _batches(writer.not_embedded(), embedder.batch):
                cached = {content: v for content in batch if (v := cache.get(content)) is not None}
                if cached:
                    writer.add_vectors(list(cached), np.stack(list(cached.values())))
                    bar.update(len(cached))
                if fresh := [content for content in batch if content not in cached]:
                    awaited.append(fresh)
                    yield writer.texts([batch[content] for content in fresh])

        for vectors in embedder.embed(encoder, fresh_texts()):
            contents = awaited.popleft()
            cache.put(contents, vectors)
            writer.add_vectors(contents, vectors)
            bar.set_postfix_str(embedder.status(), refresh=False)
            bar.update(len(contents))


def _batches(missing: Iterator[tuple[bytes, int]], size: int) -> Iterator[dict[bytes, int]]:
    while batch := dict(islice(missing, size)):
        yield batch
