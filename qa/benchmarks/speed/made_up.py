"""Made-up passages: words by Zipf's law, and vectors in clusters, in English and Chinese.

They show times, sizes and recall, not the quality of answers. The vectors are a little harder to
search than real ones: of 1,400 vectors of the default encoder, the nearest neighbour is 0.60 to
0.64 away, the tenth 0.75, and the local intrinsic dimension (Levina and Bickel, 2004; 50
neighbours) is 22 to 24. Here it is 0.71, 0.79 and 30.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.store.base.protocol import Vectors

DIMENSION, CLUSTERS = 384, 2_000
COMMON, SPREAD = 1.5, 0.6  # lengths of what all vectors of a language share, and of the noise
DECAY = 0.5  # the n-th principal component has a standard deviation of n ** -DECAY
WORDS, VOCABULARY, ZIPF = 90, 300_000, 1.1
LETTERS = str.maketrans("0123456789", "klmnprstvz")  # a digit would be a term of its own
NEAR = 0.6  # weight of the nearer of the two passages that a question lies between
ASKED_WORDS = 9


class Sample(NamedTuple):
    """Questions: vectors (n, DIMENSION), texts, and the ids of the passages nearest to each."""

    vectors: Vectors
    texts: list[str]
    best: list[set[int]]


class Passages:
    """An endless supply of passages with vectors, always the same."""

    def __init__(self) -> None:
        self._chance = np.random.default_rng(0)
        self._scale = np.arange(1, DIMENSION + 1) ** -DECAY
        languages = COMMON * self._noise(2)
        self._centres = unit(self._noise(CLUSTERS) + languages[np.arange(CLUSTERS) % 2])
        ranks = np.arange(1, VOCABULARY + 1) ** -ZIPF
        self._frequencies = np.cumsum(ranks / ranks.sum())

    def batch(self, count: int) -> tuple[list[str], list[str], Vectors]:
        """Return texts, languages, and vectors of shape (count, DIMENSION)."""
        clusters = self._chance.integers(CLUSTERS, size=count)
        noise = self._noise(count)
        words = np.searchsorted(self._frequencies, self._chance.random((count, WORDS)))
        texts = [
            " ".join(f"w{word:x}" for word in row).translate(LETTERS) for row in words.tolist()
        ]
        languages = ["en" if cluster % 2 else "zh" for cluster in clusters.tolist()]
        return texts, languages, unit(self._centres[clusters] + SPREAD * noise)

    def _noise(self, count: int) -> Vectors:
        return unit(self._chance.normal(size=(count, DIMENSION)) * self._scale)


class Nearest:
    """Questions, and the passages nearest to each by comparing all.

    A question lies between two passages, about as far from all as real ones do.
    """

    def __init__(self, questions: int, best: int) -> None:
        texts, _, vectors = Passages().batch(2 * questions)
        between = NEAR * vectors[:questions] + (1 - NEAR) * vectors[questions:]
        self._vectors, self._best = unit(between), best
        self._texts = [" ".join(text.split()[:ASKED_WORDS]) + "?" for text in texts[:questions]]
        self._scores = np.zeros((questions, 0), np.float32)
        self._ids = np.zeros((questions, 0), np.int64)

    def add(self, first: int, vectors: Vectors) -> None:
        """Add passages, numbered from `first` on."""
        ids = np.arange(first, first + len(vectors))
        ids = np.hstack([self._ids, np.broadcast_to(ids, (len(self._ids), len(ids)))])
        scores = np.hstack([self._scores, self._vectors @ vectors.T])
        best = np.argsort(-scores, axis=1)[:, : self._best]
        self._scores = np.take_along_axis(scores, best, axis=1)
        self._ids = np.take_along_axis(ids, best, axis=1)

    def sample(self) -> Sample:
        """Return the questions with what is nearest among all that was added."""
        return Sample(self._vectors, self._texts, [set(row) for row in self._ids.tolist()])


def unit(values: NDArray[np.floating[Any]]) -> Vectors:
    """Scale each row to a length of 1."""
    return np.asarray(values / np.linalg.norm(values, axis=1, keepdims=True), np.float32)
