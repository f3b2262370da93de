"""What looking across scripts costs: `python -m qa.benchmarks.speed.across INDEX FILE`.

INDEX is a folder as `stages --work` leaves it, FILE the questions. Each question is searched for
twice in turn, as it is and with neither translations nor names in other scripts; prints p50 and p95
in milliseconds by stage. Then the keywords of all passages are made again and written to two tables
of a file for a while, with and without the sounds of names: their sizes, and the time a passage.
"""

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from tqdm import tqdm

from index import threads
from index.benchmarks.machine import describe_machine
from index.encoder.sentence import Encoder, SentenceEncoder
from index.errors import run
from index.passage import Passage
from index.store.base import keywords
from index.store.base.keywords import PassageTerms
from index.store.base.protocol import Snapshot
from index.store.doors import open_store
from index.store.sqlite.schema import KEYWORD_TABLE
from index.store.sqlite.snapshot import SqliteSnapshot
from index.text.names.words import name_keys
from qa.evaluation.datasets import read_cases, sample_evenly
from qa.retrieval import retriever

from .stopwatch import Stopwatch, Target
from .stores import percentiles

WARM_UP, BEST = 10, 10
STAGES: list[Target] = [
    ("dense", SqliteSnapshot, "nearest"),
    ("keyword", SqliteSnapshot, "choose"),
    ("keyword", SqliteSnapshot, "keywords"),
    ("across: found", retriever, "counterparts"),
    ("across: ranked", retriever, "covered_across"),
    ("fetch", SqliteSnapshot, "passages"),
    ("fetch", SqliteSnapshot, "article"),
]

Times = dict[str, list[float]]  # seconds of each question, by stage


class Keywords(NamedTuple):
    """What the keywords of an archive cost."""

    passages: int
    seconds: float  # to make all terms
    without: float  # to make them without the sounds of names
    bytes_with: int
    bytes_without: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; print the tables."""
    parser = argparse.ArgumentParser(
        prog="python -m qa.benchmarks.speed.across", description=__doc__
    )
    parser.add_argument("index", type=Path, help="folder of an index")
    parser.add_argument("file", type=Path, help="questions")
    parser.add_argument("--limit", type=int, default=200, help="questions asked (200)")
    threads.add_option(parser)
    options = parser.parse_args(arguments)
    threads.limit(options.threads)
    questions = [case.question for case in sample_evenly(read_cases(options.file), options.limit)]
    print(describe_machine(("faiss-cpu",)))
    with open_store(options.index).snapshot() as snapshot:
        for name, times in search_times(snapshot, SentenceEncoder(), questions).items():
            cells = (f"{stage} {percentiles(seconds)}" for stage, seconds in times.items())
            print(f"{name}: {'; '.join(cells)}", flush=True)
        made = keyword_costs(snapshot)
    print(
        f"keywords of {made.passages:,} passages, with and without sounds of names: "
        f"{1000 * made.seconds / made.passages:.2f} and "
        f"{1000 * made.without / made.passages:.2f} ms a passage, "
        f"{made.bytes_with / 1e6:.1f} and {made.bytes_without / 1e6:.1f} MB"
    )
    return 0


def search_times(
    snapshot: Snapshot, encoder: Encoder, questions: Sequence[str]
) -> dict[str, Times]:
    """Search for each question with and without what is in other scripts, in turn."""
    vectors = encoder.queries(questions)
    found: dict[str, Times] = {"with": {}, "without": {}}
    for number, (question, vector) in enumerate(zip(questions, vectors, strict=True)):
        for name, times in found.items():
            watch = Stopwatch()
            stages = STAGES
            off: AbstractContextManager[object] = nullcontext()
            if name == "without":
                stages = [stage for stage in STAGES if ":" not in stage[0]]
                off = patch.object(retriever, "counterparts", lambda *_: [])
            with watch.wrap(stages), off, watch.stage("rest"):
                retriever.retrieve(snapshot, vector, question, BEST)
            if number >= WARM_UP:
                for stage, seconds in {**watch.seconds, "all": sum(watch.seconds.values())}.items():
                    times.setdefault(stage, []).append(seconds)
    return found


def keyword_costs(snapshot: Snapshot) -> Keywords:
    """Make the keywords of all passages with and without the sounds of names, and measure both."""
    names, others, passages = 0.0, 0.0, 0
    with tempfile.TemporaryDirectory() as temporary:
        both = [sqlite3.connect(Path(temporary) / name) for name in ("with", "without")]
        for connection in both:
            connection.execute(KEYWORD_TABLE)
        for passage in tqdm(snapshot.all_passages(), desc="terms"):
            passages += 1
            started = time.process_time()
            keys = list(dict.fromkeys(name_keys(passage.text)))
            names += time.process_time() - started
            started = time.process_time()
            terms = _terms_without_names(passage)
            others += time.process_time() - started
            second_columns = (" ".join((terms.other, *keys)), terms.other)
            for connection, second in zip(both, second_columns, strict=True):
                row = (passages, terms.exact, second)
                connection.execute(
                    "INSERT INTO keyword (rowid, terms, other) VALUES (?, ?, ?)", row
                )
        for connection in both:
            connection.commit()
            connection.close()
        sizes = [(Path(temporary) / name).stat().st_size for name in ("with", "without")]
    return Keywords(passages, names + others, others, *sizes)


def _terms_without_names(passage: Passage) -> PassageTerms:
    with patch.object(keywords, "name_keys", lambda _: ()):
        return keywords.terms_of_passage(passage.text, passage.kind, passage.title, None)


if __name__ == "__main__":
    raise SystemExit(run(main))
