"""What readers cost: `python -m qa.benchmarks.speed.readers INDEX FILE`.

INDEX is a folder as `stages --work` leaves it, FILE the questions. Each question is asked of every
reader in turn: once to read the ten best passages alone, once for a whole answer. Prints p50 and
p95 in milliseconds, the median ratio to the first reader, and the memory held at the end: that of
one reader if `--readers` names only one.
"""

import argparse
import statistics
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tqdm import tqdm

from index import threads
from index.benchmarks.machine import describe_machine
from index.errors import run
from qa.archive import Archive
from qa.evaluation.datasets import read_cases, sample_evenly
from qa.reader.identity import FAST
from qa.reader.reader import Reader
from qa.reader.settings import READER_TOP_K

from .query_process import memory
from .stores import percentiles

DEFAULT = "default"
WARM_UP = 5  # questions that are not timed
TEN, WHOLE = "ten passages", "whole answer"

Times = dict[str, list[float]]  # seconds of each question, by what was done


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; print a line for each reader."""
    parser = argparse.ArgumentParser(
        prog="python -m qa.benchmarks.speed.readers", description=__doc__
    )
    parser.add_argument("index", type=Path, help="folder of an index")
    parser.add_argument("file", type=Path, help="questions")
    parser.add_argument("--limit", type=int, default=200, help="questions asked (200)")
    parser.add_argument(
        "--readers",
        nargs="+",
        default=[DEFAULT, FAST],
        help=f"{DEFAULT}, or as --reader takes it",
    )
    threads.add_option(parser)
    options = parser.parse_args(arguments)
    threads.limit(options.threads)
    questions = [case.question for case in sample_evenly(read_cases(options.file), options.limit)]
    readers = {n: Reader.load(None if n == DEFAULT else n) for n in options.readers}
    archives = {n: Archive.open(options.index, reader=one) for n, one in readers.items()}
    print(describe_machine(("torch",)))
    print("\n".join(lines(times_of(archives, readers, questions))))
    print(", ".join(f"{name} {size / 1e6:,.0f} MB" for name, size in memory().items()))
    return 0


def times_of(
    archives: Mapping[str, Archive], readers: Mapping[str, Reader], questions: Sequence[str]
) -> dict[str, Times]:
    """Ask each question of every reader; they take turns to begin, as the first warms caches."""
    names = list(readers)
    found: dict[str, Times] = {name: {TEN: [], WHOLE: []} for name in names}
    for number, question in enumerate(tqdm(questions, desc="asking")):
        hits = archives[names[0]].search(question, k=READER_TOP_K)
        passages = [hit.passage.text for hit in hits]
        first = number % len(names)
        for name in names[first:] + names[:first]:
            started = time.perf_counter()
            readers[name].model.read(readers[name].marked(question), passages)
            read = time.perf_counter()
            archives[name].answer(question)
            ended = time.perf_counter()
            if number >= WARM_UP:
                found[name][TEN].append(read - started)
                found[name][WHOLE].append(ended - read)
    return found


def lines(found: Mapping[str, Times]) -> list[str]:
    """Format the times of each reader."""
    base = next(iter(found.values()))
    return [
        f"{name}: {what} {percentiles(seconds)}, ratio {_ratio(seconds, base[what]):.2f}"
        for name, times in found.items()
        for what, seconds in times.items()
    ]


def _ratio(seconds: Sequence[float], base: Sequence[float]) -> float:
    return statistics.median(one / other for one, other in zip(seconds, base, strict=True))


if __name__ == "__main__":
    raise SystemExit(run(main))
