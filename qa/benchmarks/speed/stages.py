"""Where the time of a question goes: `python -m qa.benchmarks.speed.stages FILE`.

The archive holds the contexts of FILE (as for `archive-qa evaluate`), filled up to `--passages`
with shuffled copies, or first with the texts in `--filler` DIR, which may be in other scripts;
their vectors are noisy copies of real ones. The questions are those of FILE. Prints p50 and p95 of
each stage, and memory, and draws the stages with `--picture`.
"""

import argparse
import shutil
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from index import threads
from index.benchmarks.machine import describe_machine
from index.errors import run
from index.store.sqlite.snapshot import SqliteSnapshot
from qa import archive as archive_module
from qa import searcher
from qa.archive import Archive
from qa.evaluation.dataset_archive import build_archive
from qa.evaluation.datasets import read_cases, sample_evenly
from qa.reader.reader import Reader
from qa.retrieval import retriever

from .bar_chart import bar_chart
from .fill import fill
from .query_process import memory
from .stopwatch import Stopwatch, Target
from .synthetic import read_texts

STAGES = ("encode", "dense", "keyword", "across", "fuse", "fetch", "read", "choose")
PACKAGES = ("torch", "faiss-cpu", "tokenizers")
WARM_UP = 5  # questions asked before any is timed


def timed_functions(archive: Archive, reader: Reader) -> list[Target]:
    """Return which function is which stage."""
    return [
        ("encode", archive._encoder, "queries"),
        ("dense", SqliteSnapshot, "nearest"),
        ("keyword", SqliteSnapshot, "choose"),
        ("keyword", SqliteSnapshot, "keywords"),
        ("across", retriever, "counterparts"),
        ("across", retriever, "covered_across"),
        ("fetch", SqliteSnapshot, "passages"),
        ("fetch", SqliteSnapshot, "article"),
        ("fuse", searcher, "retrieve"),
        ("read", reader.model, "read"),
        ("choose", archive_module, "best_answer"),
    ]


def measure(archive: Archive, reader: Reader, questions: Sequence[str]) -> list[dict[str, float]]:
    """Return the seconds by stage of each question; "rest" is in no stage, "all" is the sum."""
    timings = []
    for question in questions[:WARM_UP]:
        archive.answer(question)
    for question in tqdm(questions, desc="asking"):
        watch = Stopwatch()
        with watch.wrap(timed_functions(archive, reader)), watch.stage("rest"):
            archive.answer(question)
        timings.append({**watch.seconds, "all": sum(watch.seconds.values())})
    return timings


def percentiles(timings: Sequence[dict[str, float]]) -> dict[str, tuple[float, float]]:
    """Return p50 and p95 in milliseconds by stage."""
    rows = {}
    for stage in (*STAGES, "rest", "all"):
        times = sorted(1000 * timing.get(stage, 0.0) for timing in timings)
        rows[stage] = statistics.median(times), times[min(len(times) - 1, int(0.95 * len(times)))]
    return rows


def format_table(rows: dict[str, tuple[float, float]]) -> str:
    """Format one line a stage."""
    lines = [f"{stage:<10} {p50:>8.1f} {p95:>8.1f}" for stage, (p50, p95) in rows.items()]
    return "\n".join([f"{'ms':<10} {'p50':>8} {'p95':>8}", *lines])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m qa.benchmarks.speed.stages", description=__doc__
    )
    parser.add_argument("file", type=Path, help=".json, .jsonl or .jsonl.xz with contexts")
    parser.add_argument("--passages", type=int, default=100_000, help="in the archive (100,000)")
    parser.add_argument("--limit", type=int, default=200, help="questions asked (200)")
    parser.add_argument("--work", type=Path, help="folder that keeps the archive for another run")
    parser.add_argument("--filler", type=Path, help="folder of .jsonl.xz files")
    parser.add_argument("--picture", type=Path, help="SVG file to draw")
    threads.add_option(parser)
    options = parser.parse_args(arguments)
    threads.limit(options.threads)
    reader = Reader.load()
    questions = [case.question for case in sample_evenly(read_cases(options.file), options.limit)]
    with tempfile.TemporaryDirectory(prefix="archive-qa-") as temporary:
        work = options.work or Path(temporary)
        archive = open_filled(options.file, work, options.passages, reader, options.filler)
        rows = percentiles(measure(archive, reader, questions))
    title = f"{len(questions)} questions of {options.file.name}, {options.passages:,} passages"
    print(f"{describe_machine(PACKAGES)}\n{title}\n{format_table(rows)}")
    print(", ".join(f"{name} {size / 1e6:,.0f} MB" for name, size in memory().items()))
    if options.picture:
        stages = {stage: rows[stage] for stage in (*STAGES, "rest")}
        options.picture.write_text(bar_chart(title, stages, rows["all"]), encoding="utf-8")
    return 0


def open_filled(
    file: Path, work: Path, passages: int, reader: Reader, filler: Path | None = None
) -> Archive:
    """Open the archive of `passages` passages in `work`; build it first if it is not there."""
    folder = work / f"filled-{passages}"
    if not folder.is_dir():
        build_archive(file, work, reader)
        shutil.copytree(work / "index", work / "filling")
        texts, languages, _ = read_texts(filler, passages) if filler else ([], [], [])
        fill(work / "filling", passages, list(zip(texts, languages, strict=True)))
        (work / "filling").rename(folder)
    return Archive.open(folder, reader=reader)


if __name__ == "__main__":
    raise SystemExit(run(main))
