"""The FAISS index of a large archive: 4-bit codes of all vectors, scanned for each question.

Product quantisation, two dimensions to a code (Jégou, Douze, Schmid: "Product Quantization for
Nearest Neighbor Search", 2011), scanned 32 at a time by SIMD shuffles (André, Kermarrec,
Le Scouarnec: "Cache locality is not enough", 2015): 96 bytes for 384 dimensions, a sixteenth. The
best candidates by code are then scored with their exact vectors; that is the caller's part.

It is FAISS's inverted file with a single list. More lists do not pay: a question lies far from all
passages, and its best ones are spread over most lists. With 100,000 passages a question must probe
three quarters of 256 lists to find 98% of its ten best; a graph (HNSW) found 65%.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import faiss
import numpy as np

from index import threads

from .flat import Ids, Index, Vectors, selector

SUB = 2  # dimensions per 4-bit code
ITERATIONS = 10  # of k-means, for 16 centroids in two dimensions
MIN_TRAINING = 16  # vectors to learn codes from: one per centroid
TOP, QUERIES = 10, 200  # recall@10, over this many sample queries
NEAR = 0.6  # weight of the nearer of the two passages that a sample query lies between
DEPTHS = (200, 400, 800, 1600)  # candidates that may be scored exactly


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How many candidates by code are needed, and the recall@10 that they give."""

    depth: int
    recall: float


def train(sample: Vectors) -> Index:
    """Return an empty index with codes learned from `sample`, centered, (n, dimension)."""
    return threads.on_model_thread(_train, _even(sample))


def _train(sample: Vectors) -> Index:
    dimension = sample.shape[1]
    index = faiss.IndexIVFPQFastScan(
        faiss.IndexFlatIP(dimension), dimension, 1, dimension // SUB, 4, faiss.METRIC_INNER_PRODUCT
    )
    index.by_residual = False
    for clustering in (index.cp, index.pq.cp):
        clustering.niter, clustering.min_points_per_centroid = ITERATIONS, 1
        clustering.max_points_per_centroid = len(sample)
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)  # many tiny clusterings: threads would wait for each other
    try:
        index.train(sample)
    finally:
        faiss.omp_set_num_threads(threads)
    return index


def fill(
    index: Index, parts: Iterable[tuple[Ids, Vectors]], queries: "SampleQueries", target: float
) -> Accuracy:
    """Add centered vectors to an empty index and choose the depth that reaches recall `target`.

    Recall is against the exact ten best, which are collected while the vectors are added.
    """
    for ids, vectors in parts:
        threads.on_model_thread(index.add_with_ids, _even(vectors), ids)
        threads.on_model_thread(queries.compare, ids, vectors)
    for depth in DEPTHS:
        recall = threads.on_model_thread(queries.recall, index, depth)
        if recall >= target:
            break
    return Accuracy(depth, recall)


def candidates(index: Index, question: Vectors, depth: int, among: Ids | None, removed: Ids) -> Ids:
    """Return the ids of the `depth` best by code for a question of shape (dimension,).

    Only ids in `among` count (None: all), and none in `removed`.
    """
    if among is not None:
        sel = selector(among)
    elif len(removed):
        sel = faiss.IDSelectorNot(selector(removed))
    else:
        sel = None
    only = faiss.SearchParametersIVF(nprobe=1, sel=sel)  # type: ignore[call-arg]
    _, ids = index.search(_even(question.reshape(1, -1)), depth, params=only)
    return np.asarray(ids[0][ids[0] != -1], np.int64)


class SampleQueries:
    """Queries made from the archive's own vectors, and their ten best passages by exact search.

    Each query lies between two passages, nearer to one, about as far from all passages as real
    questions are; these two passages do not count.
    """

    def __init__(self, ids: Ids, vectors: Vectors) -> None:
        """Make them from a sample of ids, (n,), and uncentered vectors, (n, dimension)."""
        chance = np.random.default_rng(0)
        first, second = chance.integers(len(ids), size=(2, QUERIES))
        between = NEAR * vectors[first] + (1 - NEAR) * vectors[second]
        self._vectors = between / np.linalg.norm(between, axis=1, keepdims=True)
        self._own = np.stack([ids[first], ids[second]], axis=1)
        self._ids = np.full((QUERIES, 0), -1, np.int64)
        self._scores = np.zeros((QUERIES, 0), np.float32)

    def compare(self, ids: Ids, vectors: Vectors) -> None:
        """Consider these centered vectors, (n, dimension), for the ten best."""
        scores, places = faiss.knn(
            self._vectors, vectors, min(TOP + 2, len(ids)), metric=faiss.METRIC_INNER_PRODUCT
        )
        scores, ids = np.hstack([self._scores, scores]), np.hstack([self._ids, ids[places]])
        order = np.argsort(-scores, axis=1, kind="stable")[:, : TOP + 2]
        self._scores = np.take_along_axis(scores, order, axis=1)
        self._ids = np.take_along_axis(ids, order, axis=1)

    def recall(self, index: Index, depth: int) -> float:
        """Return the share of the ten best that is among the `depth` best by code."""
        shares = []
        none = np.zeros(0, np.int64)
        for question, ids, own in zip(self._vectors, self._ids, self._own, strict=True):
            best = ids[~np.isin(ids, own)][:TOP]
            reached = candidates(index, question, depth, None, none)
            shares.append(np.isin(best, reached).mean() if len(best) else 1.0)
        return float(np.mean(shares))


def _even(vectors: Vectors) -> Vectors:
    """Pad an odd dimension with a zero, so that dimensions come in pairs."""
    return np.pad(vectors, ((0, 0), (0, -vectors.shape[1] % SUB))).astype(np.float32, copy=False)
