"""Query one index: `python -m qa.benchmarks.speed.query_process INDEX DATA`.

`growth` starts it as a process of its own. It prints as JSON the seconds to open the index, those
of each question by dense, keyword and fused search, the recall against exact search, and the
memory. DATA is the folder with the questions and their vectors (`synthetic.py` writes it), so that
no model is loaded.
"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.encoder.sentence import Vectors
from index.store.base.protocol import Snapshot, Store
from index.store.doors import open_store
from index.store.sqlite.snapshot import SqliteSnapshot
from index.store.sqlite.vector_table import read_means, vector_batches
from qa.retrieval.retriever import CANDIDATES, query_terms, retrieve

WARM_UP = 20  # questions that are not timed
COMPARED, TOP_K = 100, 10  # questions compared with exact search, and hits of each


class PrecomputedEncoder:
    """Looks up the vectors of questions that were embedded before."""

    name, revision = "precomputed", "1"

    def __init__(self, questions: Sequence[str], vectors: Vectors) -> None:
        self._vectors = dict(zip(questions, vectors, strict=True))

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return len(next(iter(self._vectors.values())))

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Embed questions: (texts, dimension). Raises KeyError for an unknown one."""
        return np.stack([self._vectors[text] for text in texts])

    passages = queries


def main(argv: Sequence[str]) -> int:
    """Measure the index argv[0] with the questions in argv[1]; print the JSON."""
    folder, data = Path(argv[0]), Path(argv[1])
    *_, questions = json.loads((data / "real.json").read_text(encoding="utf-8"))
    encoder = PrecomputedEncoder(questions, np.load(data / "real.npz")["questions"])
    started = time.perf_counter()
    store = open_store(folder)
    with store.snapshot() as snapshot:
        snapshot.nearest(encoder.queries(questions[:1])[0], 1)
    figures: dict[str, object] = {"open": time.perf_counter() - started}
    times: dict[str, list[float]] = {"dense": [], "keyword": [], "fused": []}
    for number, question in enumerate(questions):
        with store.snapshot() as snapshot:
            seconds = _time_searches(snapshot, encoder, question)
        if number >= WARM_UP:
            for name, value in seconds.items():
                times[name].append(value)
    figures["seconds"] = times
    figures["memory"] = memory()
    figures["recall"] = _recall(store, encoder.queries(questions[:COMPARED]))
    print(json.dumps(figures))
    return 0


def _time_searches(
    snapshot: Snapshot, encoder: PrecomputedEncoder, question: str
) -> dict[str, float]:
    (vector,) = encoder.queries([question])
    started = time.perf_counter()
    snapshot.nearest(vector, CANDIDATES)
    dense = time.perf_counter()
    snapshot.keywords(snapshot.choose(query_terms(question)).used, CANDIDATES)
    keyword = time.perf_counter()
    retrieve(snapshot, vector, question, TOP_K)
    fused = time.perf_counter()
    return {"dense": dense - started, "keyword": keyword - dense, "fused": fused - keyword}


def _recall(store: Store, queries: Vectors) -> float:
    """Return the share of the exact top ten, by the stored vectors, that the index finds."""
    ids, scores = np.zeros((len(queries), 0), np.int64), np.zeros((len(queries), 0), np.float32)
    with store.snapshot() as snapshot:
        assert isinstance(snapshot, SqliteSnapshot)
        connection, dimension = snapshot._connection, snapshot.settings.dimension
        means = read_means(connection, dimension)
        for batch_ids, values, codes in vector_batches(connection, dimension):
            batch_scores = queries @ means.centred(values, codes).T
            scores = np.hstack([scores, batch_scores])
            ids = np.hstack([ids, np.broadcast_to(batch_ids, batch_scores.shape)])
            best = np.argsort(-scores, axis=1)[:, :TOP_K]
            scores = np.take_along_axis(scores, best, axis=1)
            ids = np.take_along_axis(ids, best, axis=1)
        hits = [[i for i, _ in snapshot.nearest(vector, TOP_K)] for vector in queries]
    return float(np.mean([np.isin(a, b).mean() for a, b in zip(ids, hits, strict=True)]))


def memory() -> dict[str, int]:
    """Return bytes: resident ("held"), of these anonymous ("own") and mapped, and the peak."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    lines = dict(line.split(":", 1) for line in status.splitlines())
    fields = {"held": "VmRSS", "own": "RssAnon", "mapped": "RssFile", "most": "VmHWM"}
    return {name: int(lines[line].split()[0]) * 1024 for name, line in fields.items()}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
