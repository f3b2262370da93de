"""Search the vectors of one generation: its FAISS index, and the passages that are not in it.

FAISS runs in the model thread (`index/threads.py`); SQLite is read in the caller's.
"""

import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from index import threads
from index.errors import StorageError
from index.store.base.centering import LanguageMeans
from index.store.base.protocol import REPAIR_HINT, Ids, Scored, Vectors
from index.store.faiss import flat, product_quantised
from index.store.faiss.state import FaissState

from .faiss_file import FaissFiles
from .generation import Generation
from .vector_table import Batch, all_vectors, vectors_of

OVERSAMPLING = 4  # candidates by code for each requested passage, at least
NO_IDS = np.zeros(0, np.int64)
NO_BATCH: Batch = NO_IDS, np.zeros((0, 0), np.float32), []


@dataclass(frozen=True, slots=True)
class Query:
    """A question's vector, (dimension,), and how to score passages for it."""

    vector: Vectors
    means: LanguageMeans
    neutral: float = 1.0  # share of each language's mean that is subtracted
    among: Ids | None = None  # the only ids to consider, (n,); None: all


@dataclass(frozen=True, slots=True)
class VectorSearch:
    """The vectors of one generation, ready to be searched; safe from several threads at once."""

    state: FaissState
    index: Any  # FAISS, exact or product-quantised
    added: Batch  # passages added after a quantised file was written
    removed: Ids  # passages of the file that were removed since

    @classmethod
    def load(
        cls,
        connection: sqlite3.Connection,
        folder: Path,
        generation: Generation,
        means: LanguageMeans,
        old: "VectorSearch | None" = None,
    ) -> "VectorSearch":
        """Read the generation's file if it is sound, else rebuild it; `old` may have it open."""
        files, state = FaissFiles(connection, folder), generation.faiss
        if old and not state.exact and old.state.crc == state.crc:
            index: Any = old.index
        else:
            index = files.read(generation, means)
        if index is None:
            settings = generation.settings
            counted = replace(settings, passages=files.count(settings))
            index, state = files.build(counted, means)
            state = replace(state, crc=-1)  # in memory only
        if state.exact:
            return cls(state, index, NO_BATCH, NO_IDS)
        added = all_vectors(connection, generation.settings.dimension, state.last)
        removed = (row[0] for row in connection.execute("SELECT id FROM gone"))
        return cls(state, index, added, np.fromiter(removed, np.int64))

    def nearest(self, connection: sqlite3.Connection, query: Query, k: int) -> Scored:
        """Return up to `k` passages, best first.

        Scores are those of the exact vectors, whatever the form of the index.
        """
        if self.state.exact:
            widened = query.means.widen_question(query.vector, query.neutral)
            return threads.on_model_thread(flat.nearest, self.index, widened, k, query.among)
        depth = max(self.state.depth, OVERSAMPLING * k)
        if query.among is not None and len(query.among) <= depth:
            candidates = query.among
        else:
            candidates = threads.on_model_thread(
                product_quantised.candidates,
                self.index, query.vector, depth, query.among, self.removed,
            )  # fmt: skip
        ids, scores = self._score(connection, query, candidates)
        top = np.argsort(-scores, kind="stable")[: 2 * k] if len(scores) > 2 * k else slice(None)
        return flat.best(ids[top], scores[top], k)

    def _score(
        self, connection: sqlite3.Connection, query: Query, candidates: Ids
    ) -> tuple[Ids, Vectors]:
        """Score the candidates, and all passages added since, by their exact vectors."""
        added, added_values, added_codes = self.added
        try:
            ids, values, codes = vectors_of(connection, len(query.vector), candidates.tolist())
            scores = query.means.scores(query.vector, values, codes, query.neutral)
            later = query.means.scores(query.vector, added_values, added_codes, query.neutral)
        except ValueError as error:  # a language without a mean
            raise StorageError(
                f"the index's languages are damaged ({error}): {REPAIR_HINT}"
            ) from error
        counts = np.ones(len(later), bool) if query.among is None else np.isin(added, query.among)
        counts &= ~np.isin(added, ids)
        return np.append(ids, added[counts]), np.append(scores, later[counts])
