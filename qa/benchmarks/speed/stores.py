"""Both stores side by side: `python -m qa.benchmarks.speed.stores [--postgres ADDRESS] [SIZE ...]`.

The passages are made up (`made_up.py`), and the vectors of questions are not computed here. With
`--postgres`, each size is written to an archive of its own in that database. Archives that are
there already are only asked: those in the database, and those of an earlier run with `--folder`.
"""

import argparse
import datetime
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from index import threads
from index.article import Article, Part
from index.benchmarks.machine import PACKAGES, describe_machine, peak_memory, reset_peak_memory
from index.errors import run
from index.passage import Passage
from index.store.base.digest import of_text
from index.store.base.protocol import Scored, Snapshot, Vectors, Writer
from index.store.base.search_filter import NO_FILTER, SearchFilter
from index.store.base.settings import Settings
from index.store.doors import Where, begin_build, find_store, open_store
from index.text.terms import VERSION
from qa.retrieval.retriever import CANDIDATES, query_terms, retrieve

from .made_up import DIMENSION, Nearest, Passages, Sample

SIZES = (10_000, 100_000)
BATCH = 5_000
QUESTIONS, BEST = 60, 10
FIRST_DAY, DAYS = datetime.date(2000, 1, 1), 10_000
ONE_PERCENT = SearchFilter(after=FIRST_DAY + datetime.timedelta(days=DAYS - DAYS // 100))
HEADER = (
    "| store | passages | load, s | publish, s | vectors | own recall@10 | recall@10"
    " | dense p50/p95, ms | keyword | fused | dense, 1% of the days | keyword, 1% | fused, 1%"
    " | memory of building, MB | of asking | size, MB |"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; print a row for each store and size."""
    parser = argparse.ArgumentParser(
        prog="python -m qa.benchmarks.speed.stores", description=__doc__
    )
    parser.add_argument("passages", metavar="SIZE", nargs="*", type=int, default=SIZES)
    parser.add_argument("--postgres", metavar="ADDRESS", help="a database with pgvector")
    parser.add_argument("--folder", type=Path, help="folder that keeps indexes for another run")
    threads.add_option(parser)
    options = parser.parse_args(argv)
    threads.limit(options.threads)
    print(describe_machine((*PACKAGES, "psycopg")))
    if options.postgres:
        print(_server(options.postgres))
    print(HEADER, "|---" * (HEADER.count("|") - 1) + "|", sep="\n", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        for count in options.passages:
            places: list[Where] = [(options.folder or Path(temporary)) / f"index-{count}"]
            if options.postgres:
                places.append(_archive(options.postgres, count))
            for where in places:
                print(_row(where, count), flush=True)
    return 0


def _server(database: str) -> str:
    """Return one line about the server."""
    import psycopg  # only with --postgres

    from index.store.postgres.address import Address

    with psycopg.connect(Address.parse(database).conninfo) as connection:
        row = connection.execute(
            "SELECT current_setting('server_version'), default_version,"
            " current_setting('shared_buffers') FROM pg_available_extensions WHERE name = 'vector'"
        ).fetchone()
    assert row is not None, "the server has no pgvector"
    return "PostgreSQL {}, pgvector {}, shared_buffers {}".format(*row)


def _archive(database: str, count: int) -> str:
    return f"{database}{'&' if '?' in database else '?'}archive=stores_{count}"


def _row(where: Where, count: int) -> str:
    reset_peak_memory()
    sample, built = _write(where, count)
    reset_peak_memory()
    with open_store(where).snapshot() as snapshot:
        index = snapshot.vector_index()
        times, recall = _ask(snapshot, sample)
    cells = [
        "folder" if isinstance(where, Path) else "PostgreSQL",
        f"{count:,}",
        *(f"{seconds:.1f}" if built else "" for seconds in built[:2] or (0, 0)),
        index.form.partition(";")[0].partition(", measured")[0],
        f"{index.recall:.3f}",
        f"{recall:.3f}",
        *(percentiles(values) for values in times.values()),
        f"{built[2] / 1e6:.0f}" if built else "",
        f"{peak_memory() / 1e6:.0f}",
        f"{sum(find_store(where).sizes().values()) / 1e6:.0f}",
    ]
    return f"| {' | '.join(cells)} |"


def _ask(snapshot: Snapshot, sample: Sample) -> tuple[dict[str, list[float]], float]:
    """Return the seconds of each kind of search, and the share of the exact best that is found."""
    times: dict[str, list[float]] = {}
    shares = []
    for vector, text, best in zip(*sample, strict=True):
        for name, search in _searches(snapshot, vector, text).items():
            started = time.perf_counter()
            search()
            times.setdefault(name, []).append(time.perf_counter() - started)
        plain = snapshot.nearest(vector, BEST, NO_FILTER, 0.0)
        shares.append(len({identity for identity, _ in plain} & best) / len(best))
    return times, float(np.mean(shares))


def _searches(snapshot: Snapshot, vector: Vectors, text: str) -> dict[str, Callable[[], object]]:
    return {
        "dense": partial(snapshot.nearest, vector, CANDIDATES),
        "keyword": partial(_keywords, snapshot, text),
        "fused": partial(retrieve, snapshot, vector, text, BEST),
        "dense, 1%": partial(snapshot.nearest, vector, CANDIDATES, ONE_PERCENT),
        "keyword, 1%": partial(_keywords, snapshot, text, ONE_PERCENT),
        "fused, 1%": partial(retrieve, snapshot, vector, text, BEST, ONE_PERCENT),
    }


def _keywords(snapshot: Snapshot, text: str, only: SearchFilter = NO_FILTER) -> Scored:
    return snapshot.keywords(snapshot.choose(query_terms(text)).used, CANDIDATES, only)


def _write(where: Where, count: int) -> tuple[Sample, tuple[float, float, int] | tuple[()]]:
    """Write an archive unless it is there.

    Returns questions, and the seconds of loading and of publishing with the peak memory in bytes.
    """
    settings = Settings("made up", "1", DIMENSION, 128, 1, VERSION)
    nearest, load = Nearest(QUESTIONS, BEST), 0.0
    with begin_build(where) as writer:
        there = writer.settings is not None
        for first, texts, languages, vectors in _batches(count):
            nearest.add(first + 1, vectors)
            if not there:
                started = time.perf_counter()
                put(writer, first, texts, languages)
                writer.add_vectors([of_text(text) for text in texts], vectors)
                load += time.perf_counter() - started
        if there:
            return nearest.sample(), ()
        started = time.perf_counter()
        writer.publish(settings)
        return nearest.sample(), (load, time.perf_counter() - started, peak_memory())


def _batches(count: int) -> Iterator[tuple[int, list[str], list[str], Vectors]]:
    supply = Passages()
    for first in range(0, count, BATCH):
        yield first, *supply.batch(min(BATCH, count - first))


def put(writer: Writer, first: int, texts: list[str], languages: list[str], step: int = 1) -> None:
    """Store articles of one passage each; ids of passages count from 1.

    The articles are called by numbers from `first` on, `step` apart.
    """
    numbers = itertools.count(first, step)
    for number, text, language in zip(numbers, texts, languages, strict=False):
        name, day = f"{number:08}", FIRST_DAY + datetime.timedelta(days=number % DAYS)
        parts = (Part(0, len(text), "body"),)
        article = Article(name, None, text, day, language, "made.jsonl", parts=parts, place=name)
        passage = Passage(name, 0, len(text), text, "body", language, None)
        writer.put(article, b"", iter([passage]))


def percentiles(seconds: list[float]) -> str:
    """Return the median and the 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    p50, p95 = statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]
    return f"{1000 * p50:.1f} / {1000 * p95:.1f}"


if __name__ == "__main__":
    sys.exit(run(main))
