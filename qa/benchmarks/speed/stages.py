"""Where the time of a question goes: `python -m qa.benchmarks.speed.stages FILE`.

The archive is the contexts of FILE (as in `archive-qa evaluate`), filled up to `--passages` with
passages of the same words in another order, whose vectors are noisy copies of real ones; the
questions are those of FILE. Prints p50 and p95 of each stage, and draws them with `--picture`.
"""

import argparse
import shutil
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from index import threads
from index.benchmarks.machine import described
from index.errors import run
from index.store.base.protocol import Snapshot
from qa import archive as archives
from qa.archive import Archive
from qa.evaluation.dataset_archive import build_archive
from qa.evaluation.datasets import read_cases, sample_evenly
from qa.reader.reader import Reader

from .fill import fill
from .picture import bars
from .stopwatch import Place, Stopwatch

STAGES = ("encode", "dense", "keyword", "fuse", "fetch", "read", "choose")
PACKAGES = ("torch", "faiss-cpu", "tokenizers")
WARMING = 5  # questions asked before any is timed


def places(archive: Archive, reader: Reader) -> list[Place]:
    """Which function is which stage."""
    return [
        ("encode", archive._encoder, "queries"),
        ("dense", Snapshot, "nearest"),
        ("keyword", Snapshot, "keywords"),
        ("fetch", Snapshot, "passages"),
        ("fetch", Snapshot, "article"),
        ("fuse", archives, "retrieve"),
        ("read", reader._model, "read"),
        ("choose", Archive, "_read"),
    ]


def measured(archive: Archive, reader: Reader, questions: Sequence[str]) -> list[dict[str, float]]:
    """Seconds by stage of each question; "rest" is what no stage took, "all" the whole."""
    found = []
    for question in questions[:WARMING]:
        archive.answer(question)
    for question in tqdm(questions, desc="asking"):
        watch = Stopwatch()
        with watch.on(places(archive, reader)), watch.stage("rest"):
            archive.answer(question)
        found.append({**watch.seconds, "all": sum(watch.seconds.values())})
    return found


def percentiles(found: Sequence[dict[str, float]]) -> dict[str, tuple[float, float]]:
    """p50 and p95 in milliseconds by stage."""
    rows = {}
    for stage in (*STAGES, "rest", "all"):
        times = sorted(1000 * one.get(stage, 0.0) for one in found)
        rows[stage] = statistics.median(times), times[min(len(times) - 1, int(0.95 * len(times)))]
    return rows


def table(rows: dict[str, tuple[float, float]]) -> str:
    lines = [f"{stage:<10} {half:>8.1f} {slow:>8.1f}" for stage, (half, slow) in rows.items()]
    return "\n".join([f"{'ms':<10} {'p50':>8} {'p95':>8}", *lines])


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m qa.benchmarks.speed.stages", description=__doc__
    )
    parser.add_argument("file", type=Path, help=".json, .jsonl or .jsonl.xz with contexts")
    parser.add_argument("--passages", type=int, default=100_000, help="in the archive (100,000)")
    parser.add_argument("--limit", type=int, default=200, help="questions asked (200)")
    parser.add_argument("--work", type=Path, help="folder that keeps the archive for another run")
    parser.add_argument("--picture", type=Path, help="SVG file to draw")
    threads.add_option(parser)
    given = parser.parse_args(arguments)
    threads.limit(given.threads)
    reader = Reader.load()
    questions = [case.question for case in sample_evenly(read_cases(given.file), given.limit)]
    with tempfile.TemporaryDirectory(prefix="archive-qa-") as fresh:
        archive = filled(given.file, given.work or Path(fresh), given.passages, reader)
        rows = percentiles(measured(archive, reader, questions))
    title = f"{len(questions)} questions of {given.file.name}, {given.passages:,} passages"
    print(f"{described(PACKAGES)}\n{title}\n{table(rows)}")
    if given.picture:
        shown = {stage: rows[stage] for stage in (*STAGES, "rest")}
        given.picture.write_text(bars(title, shown, rows["all"]), encoding="utf-8")
    return 0


def filled(file: Path, work: Path, passages: int, reader: Reader) -> Archive:
    """The archive to ask in `work`, made unless it is there."""
    folder = work / f"filled-{passages}"
    if not folder.is_dir():
        build_archive(file, work, reader)
        shutil.copytree(work / "index", work / "filling")
        fill(work / "filling", passages)
        (work / "filling").rename(folder)
    return Archive.open(folder, reader=reader)


if __name__ == "__main__":
    raise SystemExit(run(main))
