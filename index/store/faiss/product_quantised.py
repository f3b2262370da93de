"""The FAISS index of a large archive: 4-bit codes of all vectors, read through for each question.

Product quantisation, two dimensions to a code (Jégou, Douze, Schmid: "Product Quantization for
Nearest Neighbor Search", 2011), looked up 32 at a time by the processor's shuffles (André,
Kermarrec, Le Scouarnec: "Cache locality is not enough", 2015): 96 bytes for 384 dimensions, a
sixteenth. The best by their codes are then compared by their true vectors, which `dense.py` gets
from the database.

It is FAISS's inverted file with a single list. More lists do not pay: a question lies far from all
passages, and its best ones are spread over most lists. On 100,000 passages a question must read
three quarters of 256 lists to find 98% of its ten best; a graph (HNSW) found 65%.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import faiss
import numpy as np

from .flat import Ids, Vectors, selected

SUB = 2  # dimensions to a code of 4 bits
ROUNDS = 10  # of k-means, for 16 points in two dimensions
LEAST = 16  # vectors to learn codes from: a point for each of 4 bits
BEST, ASKED = 10, 200  # recall@10, of this many questions
NEAR = 0.6  # what a made-up question has of its first passage; the rest is of another
DEPTHS = (200, 400, 800, 1600)  # how many may be compared by their vectors


@dataclass(frozen=True, slots=True)
class Measured:
    """How many of the best by their codes must be looked at, and what is found then."""

    depth: int
    recall: float  # at 10


def train(sample: Vectors) -> faiss.IndexIVFPQFastScan:
    """An empty index with codes learned from `sample`, (n, dimension), languages' means off."""
    sample = _even(sample)
    dimension = sample.shape[1]
    index = faiss.IndexIVFPQFastScan(
        faiss.IndexFlatIP(dimension), dimension, 1, dimension // SUB, 4, faiss.METRIC_INNER_PRODUCT
    )
    index.by_residual = False
    for clustering in (index.cp, index.pq.cp):
        clustering.niter, clustering.min_points_per_centroid = ROUNDS, 1
        clustering.max_points_per_centroid = len(sample)
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)  # many tiny clusterings, whose threads would wait for each other
    try:
        index.train(sample)
    finally:
        faiss.omp_set_num_threads(threads)
    return index


def fill(
    index: faiss.IndexIVFPQFastScan,
    parts: Iterable[tuple[Ids, Vectors]],
    asked: "Asked",
    wanted: float,
) -> Measured:
    """Put vectors, languages' means off, into an empty index; finds the depth for recall `wanted`.

    Recall is against the exact ten best, which are found while the vectors pass by.
    """
    for ids, vectors in parts:
        index.add_with_ids(_even(vectors), ids)
        asked.compare(ids, vectors)
    for depth in DEPTHS:
        recall = asked.found(index, depth)
        if recall >= wanted:
            break
    return Measured(depth, recall)


def candidates(
    index: faiss.IndexIVFPQFastScan, question: Vectors, depth: int, among: Ids | None, gone: Ids
) -> Ids:
    """Ids of the best by their codes for a question, (dimension,); of `among`, none of `gone`."""
    if among is not None:
        sel = selected(among)
    elif len(gone):
        sel = faiss.IDSelectorNot(selected(gone))
    else:
        sel = None
    only = faiss.SearchParametersIVF(nprobe=1, sel=sel)  # type: ignore[call-arg]
    _, ids = index.search(_even(question.reshape(1, -1)), depth, params=only)
    return np.asarray(ids[0][ids[0] != -1], np.int64)


class Asked:
    """Questions made of the archive's own vectors, and their ten best passages by exact search.

    Each lies between two passages, nearer to one, about as far from all as real questions are;
    these two themselves do not count.
    """

    def __init__(self, ids: Ids, vectors: Vectors) -> None:
        """Of a sample of the archive: ids, (n,), and vectors, (n, dimension), as they are."""
        chance = np.random.default_rng(0)
        first, second = chance.integers(len(ids), size=(2, ASKED))
        between = NEAR * vectors[first] + (1 - NEAR) * vectors[second]
        self._vectors = between / np.linalg.norm(between, axis=1, keepdims=True)
        self._own = np.stack([ids[first], ids[second]], axis=1)
        self._ids = np.full((ASKED, 0), -1, np.int64)
        self._scores = np.zeros((ASKED, 0), np.float32)

    def compare(self, ids: Ids, vectors: Vectors) -> None:
        """Look for the best among these vectors too, (n, dimension), languages' means off."""
        scores, places = faiss.knn(
            self._vectors, vectors, min(BEST + 2, len(ids)), metric=faiss.METRIC_INNER_PRODUCT
        )
        scores, ids = np.hstack([self._scores, scores]), np.hstack([self._ids, ids[places]])
        order = np.argsort(-scores, axis=1, kind="stable")[:, : BEST + 2]
        self._scores = np.take_along_axis(scores, order, axis=1)
        self._ids = np.take_along_axis(ids, order, axis=1)

    def found(self, index: faiss.IndexIVFPQFastScan, depth: int) -> float:
        """How much of the ten best is among the `depth` best by their codes."""
        shares = []
        none = np.zeros(0, np.int64)
        for question, ids, own in zip(self._vectors, self._ids, self._own, strict=True):
            best = ids[~np.isin(ids, own)][:BEST]
            looked_at = candidates(index, question, depth, None, none)
            shares.append(np.isin(best, looked_at).mean() if len(best) else 1.0)
        return float(np.mean(shares))


def _even(vectors: Vectors) -> Vectors:
    """With a zero more where the dimensions cannot be cut into pairs."""
    return np.pad(vectors, ((0, 0), (0, -vectors.shape[1] % SUB))).astype(np.float32, copy=False)
