"""Which FAISS file a generation gets: the previous one, or one that is filled or trained anew.

A small archive's file is exact, holds every vector and is written at each build. A large archive's
holds codes; passages added later are compared one by one, and removed ones are left out, until
there are too many of either.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.store.base.centering import LanguageMeans
from index.store.base.protocol import Ids, Vectors
from index.store.base.settings import Settings
from index.store.faiss import flat, product_quantised
from index.store.faiss.state import FaissState

from .generation import Generation, count_passages
from .vector_table import all_vectors, vector_batches


@dataclass(frozen=True, slots=True)
class Sizes:
    """Where the form of the file changes, in passages."""

    exact: int = 50_000  # up to here every vector is compared
    changes: int = 10_000  # added, or removed, since a quantised file was written
    sample: int = 20_000  # from which codes are learned
    growth: float = 2.0  # codes are learned again when the archive has grown by this factor
    recall: float = 0.98  # recall@10 that quantised vectors must reach


SIZES = Sizes()
# FAISS's Python types lack most of what its indexes can do
Trained = tuple[Any, int]  # an index whose codes may serve again, and how many passages taught it


class FaissFiles:
    """The FAISS files in an index's folder, and how they follow from the database."""

    def __init__(
        self, connection: sqlite3.Connection, folder: Path, sizes: Sizes | None = None
    ) -> None:
        self._connection, self._folder, self._sizes = connection, folder, sizes or SIZES

    def publish(self, old: Generation | None, new: Settings, means: LanguageMeans) -> FaissState:
        """Write the file of the generation `new`, or go on with the file of `old` if it serves."""
        trained: Trained | None = None
        if old and not old.faiss.exact and new.passages > self._sizes.exact:
            count = new.passages
            now = Generation(replace(old.settings, passages=count), old.faiss)
            index = self.read(now, means)
            added = self.count_added(old.faiss.last)
            if index and max(added, self.count_removed()) <= self._sizes.changes:
                return old.faiss
            if index and count < self._sizes.growth * old.faiss.trained:
                trained = index, old.faiss.trained
        index, state = self.build(new, means, trained)
        name = f"vectors-{new.generation:08}.faiss"
        crc = flat.write(index, self._folder / name)
        self._connection.execute("DELETE FROM gone")
        return replace(state, file=name, crc=crc)

    def build(
        self, settings: Settings, means: LanguageMeans, trained: Trained | None = None
    ) -> tuple[Any, FaissState]:
        """Build the index of what SQLite holds, with the codes of an earlier one if they serve."""
        if settings.passages <= self._sizes.exact:
            return self.build_exact(means), FaissState()
        if trained:
            index, state = self._build_quantised(settings, means, trained)
            if state.recall >= self._sizes.recall:
                return index, state
        return self._build_quantised(settings, means, None)

    def build_exact(self, means: LanguageMeans) -> flat.Index:
        """Build the exact index; its vectors carry the language columns."""
        dimension = means.means.shape[1]
        index = flat.empty(dimension + len(means.codes))
        for ids, values, codes in vector_batches(self._connection, dimension):
            index.add_with_ids(means.widen(values, codes), ids)
        return index

    def _build_quantised(
        self, settings: Settings, means: LanguageMeans, trained: Trained | None
    ) -> tuple[Any, FaissState]:
        ids, values, codes = self._sample(settings)
        queries = product_quantised.SampleQueries(ids, values)
        if trained:
            index, passages = trained
            index.reset()
        else:
            index, passages = (
                product_quantised.train(means.centred(values, codes)),
                settings.passages,
            )
        last = 0

        def centred() -> Iterator[tuple[Ids, Vectors]]:
            nonlocal last
            for ids, values, codes in vector_batches(self._connection, settings.dimension):
                yield ids, means.centred(values, codes)
                last = int(ids[-1])

        accuracy = product_quantised.fill(index, centred(), queries, self._sizes.recall)
        state = FaissState(
            last=last, trained=passages, depth=accuracy.depth, recall=accuracy.recall
        )
        return index, state

    def _sample(self, settings: Settings) -> tuple[Ids, Vectors, list[str]]:
        every = max(1, settings.passages // self._sizes.sample)
        sample = all_vectors(self._connection, settings.dimension, every=every)
        if len(sample[0]) < product_quantised.MIN_TRAINING:  # hardly any id is such a multiple
            sample = all_vectors(self._connection, settings.dimension)
        return sample

    def read(self, generation: Generation, means: LanguageMeans) -> flat.Index | None:
        """Return the index that the generation names, or None unless it is whole and current."""
        dimension, held = generation.settings.dimension, self.count(generation.settings)
        state = generation.faiss
        if state.exact:
            dimension += len(means.codes)
        else:
            dimension += dimension % product_quantised.SUB
            held += self.count_removed() - self.count_added(state.last)
        return flat.read(self._folder / state.file, state.crc, held, dimension)

    def count(self, settings: Settings) -> int:
        """Count the passages."""
        return count_passages(self._connection, settings)

    def count_removed(self) -> int:
        """Count the passages of the file that have been removed since."""
        return self._count("SELECT count(*) FROM gone")

    def count_added(self, last: int) -> int:
        """Count the passages that came after the file was written."""
        return self._count("SELECT count(*) FROM passage WHERE id > ?", last)

    def _count(self, query: str, *values: int) -> int:
        return int(self._connection.execute(query, values).fetchone()[0])
