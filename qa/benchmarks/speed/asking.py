"""Open one index and ask it: `python -m qa.benchmarks.speed.asking FOLDER REAL`, a process alone.

Prints as JSON the seconds to open it, those of each question by dense, keyword and fused search,
the recall against exact search, and the memory. REAL is the folder with the questions and their
vectors, so that no model is loaded.
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
from qa.retrieval.retriever import CANDIDATES, asked_terms, retrieve

WARMING, COMPARED, BEST = 20, 100, 10


class Known:
    """Gives the vectors of questions that were embedded before."""

    name, revision = "known", "1"

    def __init__(self, questions: Sequence[str], vectors: Vectors) -> None:
        self._vectors = dict(zip(questions, vectors, strict=True))

    @property
    def dimension(self) -> int:
        return len(next(iter(self._vectors.values())))

    def queries(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._vectors[text] for text in texts])

    passages = queries


def main(argv: Sequence[str]) -> int:
    folder, keep = Path(argv[0]), Path(argv[1])
    *_, questions = json.loads((keep / "real.json").read_text(encoding="utf-8"))
    encoder = Known(questions, np.load(keep / "real.npz")["questions"])
    started = time.perf_counter()
    store = open_store(folder)
    with store.snapshot() as snapshot:
        snapshot.nearest(encoder.queries(questions[:1])[0], 1)
    found: dict[str, object] = {"open": time.perf_counter() - started}
    times: dict[str, list[float]] = {"dense": [], "keyword": [], "fused": []}
    for number, question in enumerate(questions):
        with store.snapshot() as snapshot:
            taken = _timed(snapshot, encoder, question)
        if number >= WARMING:
            for name, seconds in taken.items():
                times[name].append(seconds)
    found["seconds"] = times
    found["memory"] = memory()
    found["recall"] = _recall(store, encoder.queries(questions[:COMPARED]))
    print(json.dumps(found))
    return 0


def _timed(snapshot: Snapshot, encoder: Known, question: str) -> dict[str, float]:
    (vector,) = encoder.queries([question])
    started = time.perf_counter()
    snapshot.nearest(vector, CANDIDATES)
    dense = time.perf_counter()
    snapshot.keywords(snapshot.choose(asked_terms(question)).used, CANDIDATES)
    keyword = time.perf_counter()
    retrieve(snapshot, encoder, question, BEST)
    fused = time.perf_counter()
    return {"dense": dense - started, "keyword": keyword - dense, "fused": fused - keyword}


def _recall(store: Store, asked: Vectors) -> float:
    """Of the ten best by the vectors in the database, how many are found."""
    ids, scores = np.zeros((len(asked), 0), np.int64), np.zeros((len(asked), 0), np.float32)
    with store.snapshot() as snapshot:
        assert isinstance(snapshot, SqliteSnapshot)
        connection, dimension = snapshot._connection, snapshot.settings.dimension
        languages = read_means(connection, dimension)
        for part, values, codes in vector_batches(connection, dimension):
            fresh = asked @ languages.centred(values, codes).T
            scores = np.hstack([scores, fresh])
            ids = np.hstack([ids, np.broadcast_to(part, fresh.shape)])
            best = np.argsort(-scores, axis=1)[:, :BEST]
            scores = np.take_along_axis(scores, best, axis=1)
            ids = np.take_along_axis(ids, best, axis=1)
        found = [[i for i, _ in snapshot.nearest(vector, BEST)] for vector in asked]
    return float(np.mean([np.isin(a, b).mean() for a, b in zip(ids, found, strict=True)]))


def memory() -> dict[str, int]:
    """Bytes: held now, of these its own and of mapped files, and the most that it ever held."""
    said = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    lines = dict(line.split(":", 1) for line in said.splitlines())
    names = {"held": "VmRSS", "own": "RssAnon", "mapped": "RssFile", "most": "VmHWM"}
    return {name: int(lines[line].split()[0]) * 1024 for name, line in names.items()}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
