"""Both stores side by side: `python -m qa.benchmarks.speed.stores [--postgres ADDRESS] [SIZE ...]`.

Passages are made up: words by Zipf's law, and random vectors around cluster centres, in English and
Chinese. They show times, sizes and recall, not the quality of answers. Questions lie between two
passages, about as far from all as real ones, and their vectors are not computed here. With
`--postgres`, each size is written to an archive of its own in that database, which is left there.
"""

import argparse
import datetime
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import threads
from index.article import Article, Part
from index.benchmarks.machine import describe_machine, peak_memory
from index.encoder.sentence import Vectors
from index.errors import run
from index.passage import Passage
from index.store.base.digest import of_text
from index.store.base.protocol import Scored, Snapshot
from index.store.base.search_filter import NO_FILTER, SearchFilter
from index.store.base.settings import Settings
from index.store.doors import Where, begin_build, find_store, open_store
from index.text.terms import VERSION
from qa.retrieval.retriever import CANDIDATES, query_terms, retrieve

SIZES = (10_000, 100_000)
DIMENSION, CLUSTERS, SPREAD = 384, 2_000, 0.9  # length of what is added to a cluster's centre
WORDS, VOCABULARY, ZIPF = 90, 300_000, 1.1
BATCH = 5_000
QUESTIONS, BEST = 60, 10
NEAR = 0.6  # weight of the nearer of the two passages that a question lies between
FIRST_DAY, DAYS = datetime.date(2000, 1, 1), 10_000
ONE_PERCENT = SearchFilter(after=FIRST_DAY + datetime.timedelta(days=DAYS - DAYS // 100))
HEADER = (
    "| store | passages | load, s | publish, s | form | own recall@10 | recall@10"
    " | dense p50/p95, ms | keyword | fused | dense, 1% of the days"
    " | memory of building, MB | size, MB |"
)


class Passages:
    """An endless supply of passages with vectors, the same for both stores."""

    def __init__(self) -> None:
        self._chance = np.random.default_rng(0)
        self._centres = _unit(self._chance.normal(size=(CLUSTERS, DIMENSION)))
        languages = _unit(self._chance.normal(size=(2, DIMENSION)))
        self._centres = _unit(self._centres + languages[np.arange(CLUSTERS) % 2])
        ranks = np.arange(1, VOCABULARY + 1) ** -ZIPF
        self._frequencies = np.cumsum(ranks / ranks.sum())

    def batch(self, count: int) -> tuple[list[str], list[str], Vectors]:
        """Return texts, languages, and vectors of shape (count, DIMENSION)."""
        clusters = self._chance.integers(CLUSTERS, size=count)
        noise = _unit(self._chance.normal(size=(count, DIMENSION)))
        words = np.searchsorted(self._frequencies, self._chance.random((count, WORDS)))
        texts = [" ".join(f"w{word:x}" for word in row) for row in words.tolist()]
        languages = ["en" if cluster % 2 else "zh" for cluster in clusters.tolist()]
        return texts, languages, _unit(self._centres[clusters] + SPREAD * noise)


def _unit(values: NDArray[np.floating[Any]]) -> Vectors:
    return np.asarray(values / np.linalg.norm(values, axis=1, keepdims=True), np.float32)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; print a row for each store and size."""
    parser = argparse.ArgumentParser(
        prog="python -m qa.benchmarks.speed.stores", description=__doc__
    )
    parser.add_argument("passages", metavar="SIZE", nargs="*", type=int, default=SIZES)
    parser.add_argument("--postgres", metavar="ADDRESS", help="a database with pgvector")
    threads.add_option(parser)
    options = parser.parse_args(argv)
    threads.limit(options.threads)
    print(describe_machine(), HEADER, "|---" * (HEADER.count("|") - 1) + "|", sep="\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for count in options.passages:
            places: list[Where] = [Path(folder) / f"index-{count}"]
            if options.postgres:
                places.append(_archive(options.postgres, count))
            for where in places:
                print(_row(where, count), flush=True)
    return 0


def _archive(database: str, count: int) -> str:
    return f"{database}{'&' if '?' in database else '?'}archive=stores_{count}"


def _row(where: Where, count: int) -> str:
    sample, seconds = _write(where, count)
    peak = peak_memory()
    with open_store(where).snapshot() as snapshot:
        index = snapshot.vector_index()
        times, recall = _ask(snapshot, *sample)
    cells = [
        "folder" if isinstance(where, Path) else "PostgreSQL",
        f"{count:,}",
        *(f"{value:.1f}" for value in seconds),
        index.form.partition(",")[0],
        f"{index.recall:.3f}",
        f"{recall:.3f}",
        *(_percentiles(values) for values in times.values()),
        f"{peak / 1e6:.0f}",
        f"{sum(find_store(where).sizes().values()) / 1e6:.0f}",
    ]
    return f"| {' | '.join(cells)} |"


def _ask(
    snapshot: Snapshot, questions: list[Vectors], texts: list[str], exact: list[set[int]]
) -> tuple[dict[str, list[float]], float]:
    """Return the seconds of each kind of search, and the share of the exact best that is found."""
    times: dict[str, list[float]] = {"dense": [], "keyword": [], "fused": [], "filtered": []}
    shares = []
    for vector, text, best in zip(questions, texts, exact, strict=True):
        searches: dict[str, Callable[[], object]] = {
            "dense": partial(snapshot.nearest, vector, CANDIDATES),
            "keyword": partial(_keywords, snapshot, text),
            "fused": partial(retrieve, snapshot, vector, text, BEST),
            "filtered": partial(snapshot.nearest, vector, CANDIDATES, ONE_PERCENT),
        }
        for name, search in searches.items():
            started = time.perf_counter()
            search()
            times[name].append(time.perf_counter() - started)
        plain = snapshot.nearest(vector, BEST, NO_FILTER, 0.0)
        shares.append(len({identity for identity, _ in plain} & best) / len(best))
    return times, float(np.mean(shares))


def _keywords(snapshot: Snapshot, text: str) -> Scored:
    return snapshot.keywords(snapshot.choose(query_terms(text)).used, CANDIDATES)


Sample = tuple[list[Vectors], list[str], list[set[int]]]


def _write(where: Where, count: int) -> tuple[Sample, tuple[float, float]]:
    """Write an archive; return questions, their texts and exact best ids, and the seconds."""
    settings = Settings("made up", "1", DIMENSION, 128, 1, VERSION)
    supply, load, last = Passages(), 0.0, 0
    questions, texts = _questions()
    scores, ids = np.zeros((QUESTIONS, 0), np.float32), np.zeros((QUESTIONS, 0), np.int64)
    with begin_build(where) as writer:
        assert writer.settings is None, f"there is an archive already: {where}"
        for first in range(0, count, BATCH):
            some, languages, vectors = supply.batch(min(BATCH, count - first))
            started = time.perf_counter()
            for number, (text, language) in enumerate(zip(some, languages, strict=True), first):
                article, passage = _article(number, text, language)
                writer.put(article, b"", iter([passage]))
            writer.add_vectors([of_text(text) for text in some], vectors)
            load += time.perf_counter() - started
            scores = np.hstack([scores, np.stack(questions) @ vectors.T])
            new = np.arange(last + 1, last + 1 + len(some))
            ids = np.hstack([ids, np.broadcast_to(new, (QUESTIONS, len(new)))])
            best = np.argsort(-scores, axis=1)[:, :BEST]
            scores = np.take_along_axis(scores, best, axis=1)
            ids, last = np.take_along_axis(ids, best, axis=1), last + len(some)
        started = time.perf_counter()
        writer.publish(settings)
        publish = time.perf_counter() - started
    return (questions, texts, [set(row) for row in ids.tolist()]), (load, publish)


def _questions() -> tuple[list[Vectors], list[str]]:
    supply = Passages()
    texts, _, vectors = supply.batch(2 * QUESTIONS)
    between = NEAR * vectors[:QUESTIONS] + (1 - NEAR) * vectors[QUESTIONS:]
    return list(_unit(between)), [" ".join(text.split()[:9]) + "?" for text in texts[:QUESTIONS]]


def _article(number: int, text: str, language: str) -> tuple[Article, Passage]:
    name, day = f"{number:08}", FIRST_DAY + datetime.timedelta(days=number % DAYS)
    parts = (Part(0, len(text), "body"),)
    article = Article(name, None, text, day, language, "made.jsonl", parts=parts, place=name)
    return article, Passage(name, 0, len(text), text, "body", language, None)


def _percentiles(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    p50, p95 = statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]
    return f"{1000 * p50:.1f} / {1000 * p95:.1f}"


if __name__ == "__main__":
    sys.exit(run(main))
