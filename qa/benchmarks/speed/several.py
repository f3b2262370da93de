"""One archive beside several of the same passages: `python -m qa.benchmarks.speed.several [SIZE]`.

Each question is asked of all of them in turn, in one process, so that what else the machine does
falls on all alike; what counts are the ratios. The passages are made up, one an article; the
vectors of questions are not computed here, and nothing is read by the reader.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from index import threads
from index.benchmarks.machine import PACKAGES, describe_machine
from index.errors import run
from index.store.base.digest import of_text
from index.store.base.protocol import Snapshot, Store, Vectors
from index.store.base.settings import Settings
from index.store.doors import begin_build, open_stores
from index.text.terms import VERSION
from qa.retrieval.retriever import CANDIDATES, query_terms, retrieve

from .made_up import DIMENSION, Nearest, Passages, Sample
from .stores import BATCH, percentiles, put

SIZES = (10_000, 100_000)
ARCHIVES = (1, 2, 4)
QUESTIONS, BEST = 40, 10
SETTINGS = Settings("made up", "1", DIMENSION, 128, 1, VERSION)
HEADER = (
    "| passages | archives | open, ms | dense p50/p95 | keyword | fused | fused, of one"
    " | the same ten |"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; print a row for each size and number of archives."""
    parser = argparse.ArgumentParser(
        prog="python -m qa.benchmarks.speed.several", description=__doc__
    )
    parser.add_argument("passages", metavar="SIZE", nargs="*", type=int, default=SIZES)
    threads.add_option(parser)
    options = parser.parse_args(argv)
    threads.limit(options.threads)
    print(describe_machine(PACKAGES))
    print(HEADER, "|---" * (HEADER.count("|") - 1) + "|", sep="\n", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        for count in options.passages:
            folders = {n: Path(temporary) / f"{count}-{n}" for n in ARCHIVES}
            stores = {n: open_stores(_written(folder, count, n)) for n, folder in folders.items()}
            for row in _rows(stores, count):
                print(row, flush=True)
    return 0


def _written(folder: Path, count: int, archives: int) -> dict[str, str] | str:
    """Divide made-up passages over archives in turn; return their places."""
    places = {f"part{n}": str(folder / f"part{n}") for n in range(archives)}
    for number, where in enumerate(places.values()):
        supply = Passages()
        with begin_build(where) as writer:
            for first in range(0, count, BATCH):
                texts, languages, vectors = supply.batch(min(BATCH, count - first))
                skipped = (number - first) % archives
                own = slice(skipped, None, archives)
                put(writer, first + skipped, texts[own], languages[own], archives)
                writer.add_vectors([of_text(text) for text in texts[own]], vectors[own])
            writer.publish(SETTINGS)
    return places if archives > 1 else places["part0"]


def _rows(stores: Mapping[int, Store], count: int) -> Iterator[str]:
    times: dict[tuple[int, str], list[float]] = {}
    same: dict[int, list[float]] = {n: [] for n in stores}
    for vector, text, _ in zip(*_sample(), strict=True):
        best: set[str] = set()
        for n, store in stores.items():
            started = time.perf_counter()
            with store.snapshot() as snapshot:
                times.setdefault((n, "open"), []).append(time.perf_counter() - started)
                for name, search in _searches(snapshot, vector, text).items():
                    started = time.perf_counter()
                    found = search()
                    times.setdefault((n, name), []).append(time.perf_counter() - started)
            texts = {hit.passage.text for hit in found.hits}
            best = best or texts
            same[n].append(len(texts & best) / len(best))
    for n in stores:
        cells = [percentiles(times[n, name]) for name in ("open", "dense", "keyword", "fused")]
        ratio = np.median(times[n, "fused"]) / np.median(times[min(stores), "fused"])
        yield f"| {count:,} | {n} | {' | '.join(cells)} | {ratio:.2f} | {np.mean(same[n]):.3f} |"


def _sample() -> Sample:
    nearest = Nearest(QUESTIONS, BEST)
    nearest.add(1, Passages().batch(BATCH)[2])
    return nearest.sample()


def _searches(snapshot: Snapshot, vector: Vectors, text: str) -> dict[str, Callable[[], Any]]:
    def keyword() -> object:
        return snapshot.keywords(snapshot.choose(query_terms(text)).used, CANDIDATES)

    return {
        "dense": partial(snapshot.nearest, vector, CANDIDATES),
        "keyword": keyword,
        "fused": partial(retrieve, snapshot, vector, text, BEST),
    }


if __name__ == "__main__":
    sys.exit(run(main))
