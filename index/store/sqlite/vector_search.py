"""Searching the vectors of one generation: its FAISS index, and what is not in that."""

import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from index.errors import StorageError
from index.store.base.centering import LanguageMeans
from index.store.faiss import flat, product_quantised
from index.store.faiss.flat import Ids, Vectors
from index.store.sqlite.schema import REPAIR_HINT

from . import faiss_file
from .schema import Settings
from .vector_table import Part, all_vectors, read_languages, vectors_of

OVERSAMPLED = 4  # candidates by their codes for each passage that is wanted, at least
NONE = np.zeros(0, np.int64)
NO_PART: Part = NONE, np.zeros((0, 0), np.float32), []


@dataclass(frozen=True, slots=True)
class VectorSearch:
    """The vectors of one generation, ready to be searched; safe from several threads at once."""

    settings: Settings
    index: Any  # of FAISS, exact or compressed
    later: Ids  # passages that came after a compressed index was written, (m,)
    values: Vectors  # and their vectors, (m, dimension)
    codes: list[str]  # and their languages
    gone: Ids  # passages of the index that were removed since

    @classmethod
    def load(
        cls,
        connection: sqlite3.Connection,
        settings: Settings,
        folder: Path,
        old: "VectorSearch | None",
    ) -> "VectorSearch":
        """From the generation's file if it is sound, else made again; `old` may have read it."""
        languages = read_languages(connection, settings.dimension)
        if old and settings.vectors_depth and old.settings.vectors_crc == settings.vectors_crc:
            index: Any = old.index
        else:
            index = faiss_file.read(connection, folder, settings, languages)
        if index is None:
            counted = replace(settings, passages=faiss_file.count(connection, settings))
            index, settings = faiss_file.make(connection, counted, languages)
            settings = replace(settings, vectors_crc=-1)  # it is not the file's
        if not settings.vectors_depth:
            return cls(settings, index, *NO_PART, NONE)
        later = all_vectors(connection, settings.dimension, settings.vectors_last)
        gone = (row[0] for row in connection.execute("SELECT id FROM gone"))
        return cls(settings, index, *later, np.fromiter(gone, np.int64))

    def nearest(
        self,
        connection: sqlite3.Connection,
        languages: LanguageMeans,
        question: Vectors,
        k: int,
        among: Ids | None = None,
        neutral: float = 1.0,
    ) -> list[tuple[int, float]]:
        """Up to `k` (passage id, score) for a unit vector, (dimension,), best first.

        `among` holds the ids that count, (n,); None: all. `neutral` is the share of a language's
        mean that is taken away. Whatever the index, the scores are those
        of the vectors in the database.
        """
        if not self.settings.vectors_depth:
            return flat.nearest(self.index, languages.question(question, neutral), k, among)
        depth = max(self.settings.vectors_depth, OVERSAMPLED * k)
        if among is not None and len(among) <= depth:
            chosen = among
        else:
            chosen = product_quantised.candidates(self.index, question, depth, among, self.gone)
        try:
            ids, values, codes = vectors_of(connection, self.settings.dimension, chosen.tolist())
            found = languages.scores(question, values, codes, neutral)
            later = languages.scores(question, self.values, self.codes, neutral)
        except ValueError as error:  # a language that no build has counted
            raise StorageError(
                f"the index's languages are damaged ({error}): {REPAIR_HINT}"
            ) from error
        counts = np.ones(len(later), bool) if among is None else np.isin(self.later, among)
        counts &= ~np.isin(self.later, ids)
        ids, scores = np.append(ids, self.later[counts]), np.append(found, later[counts])
        first = np.argsort(-scores, kind="stable")[: 2 * k] if len(scores) > 2 * k else slice(None)
        return flat.best(ids[first], scores[first], k)
