"""`python -m index.benchmarks.updates`: what a small change costs in a small and a large archive.

Synthetic articles, one file each and 100 files a folder, or all in one .jsonl (`--lines`).
Embedding costs nothing, so the seconds are those of the index. Each change is made several times
and the medians are printed; processor seconds show what an idle machine would take.
"""

import argparse
import itertools
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import run
from index.ingest.builder import build
from index.ingest.seed_files import SETTLED

from .machine import describe_machine, peak_memory
from .synthetic import ArticleGenerator, RandomEncoder

SIZES = (1_000, 10_000, 100_000)  # passages
PASSAGES_PER_ARTICLE = 5
BATCH, PER_FOLDER = 10, 100  # articles changed at once, and in a folder


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; print a row for each size and change."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("passages", nargs="*", type=int, default=SIZES, help=f"{SIZES}")
    parser.add_argument("--lines", action="store_true", help="all articles in one .jsonl")
    parser.add_argument("--times", type=int, default=3, help="how often each change is made (3)")
    parser.add_argument(
        "--folder", help="where to put the archives (the system's temporary folder)"
    )
    options = parser.parse_args(argv)
    print(describe_machine())
    print("| passages | what was done | seconds | of processor | texts embedded |")
    print("|---|---|---|---|---|", flush=True)
    for size in options.passages:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            seeds = (LineSeeds if options.lines else FileSeeds)(
                Path(folder), size // PASSAGES_PER_ARTICLE
            )
            for row in measure(seeds, options.times):
                print(row, flush=True)
    print(f"most memory: {peak_memory() / 1e6:.0f} MB")
    return 0


class FileSeeds:
    """Seeds with one article a file."""

    def __init__(self, folder: Path, articles: int) -> None:
        self.seeds, self.index = folder / "seeds", folder / "index"
        self.articles, self.numbers, self.names = (
            ArticleGenerator(),
            itertools.count(),
            itertools.count(),
        )
        self.files: list[Path] = []
        self.seeds.mkdir()
        self.add(articles)

    def add(self, count: int = BATCH) -> None:
        """Add articles."""
        for _ in range(count):
            number = next(self.numbers)
            file = self.seeds / f"folder-{number // PER_FOLDER}" / f"{number}.txt"
            file.parent.mkdir(exist_ok=True)
            file.write_text(self.articles.article(), encoding="utf-8")
            self.files.append(file)

    def change(self) -> None:
        """Rewrite the last articles."""
        for file in self.files[-BATCH:]:
            file.write_text(self.articles.article(), encoding="utf-8")

    def remove(self) -> None:
        """Remove the last articles."""
        for file in self.files[-BATCH:]:
            file.unlink()
        del self.files[-BATCH:]

    @property
    def renamed(self) -> int:
        """How many articles `rename` moves: those of the first folder."""
        return sum(file.parent == self.files[0].parent for file in self.files)

    def rename(self) -> None:
        """Rename the first folder."""
        old = self.files[0].parent
        new = old.with_name(f"renamed-{next(self.names)}")
        old.rename(new)
        self.files = [new / f.name if f.parent == old else f for f in self.files]


class LineSeeds:
    """Seeds with one article a line of a single .jsonl."""

    def __init__(self, folder: Path, articles: int) -> None:
        self.seeds, self.index = folder / "seeds", folder / "index"
        self.articles, self.numbers = ArticleGenerator(), itertools.count()
        self.lines: dict[int, str] = {}
        self.name = "all.jsonl"
        self.seeds.mkdir()
        self.add(articles)

    def add(self, count: int = BATCH) -> None:
        """Add articles."""
        self.lines |= {next(self.numbers): self.articles.article() for _ in range(count)}
        self._write()

    def change(self) -> None:
        """Rewrite the last articles."""
        self.lines |= {number: self.articles.article() for number in list(self.lines)[-BATCH:]}
        self._write()

    def remove(self) -> None:
        """Remove the last articles."""
        for number in list(self.lines)[-BATCH:]:
            del self.lines[number]
        self._write()

    @property
    def renamed(self) -> int:
        """How many articles `rename` moves: all."""
        return len(self.lines)

    def rename(self) -> None:
        """Rename the file."""
        old, self.name = self.seeds / self.name, f"renamed-{self.name}"
        old.rename(self.seeds / self.name)

    def _write(self) -> None:
        with (self.seeds / self.name).open("w", encoding="utf-8") as file:
            for number, text in self.lines.items():
                print(json.dumps({"id": number, "text": text}), file=file)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a build took, and how many passages the index has after it."""

    seconds: float
    processor: float
    embedded: int
    passages: int


def measure(seeds: FileSeeds | LineSeeds, times: int) -> Iterator[str]:
    """Yield a row of the table for each change, in the order in which they are made."""
    yield row("all of it, into a new index", [rebuild(seeds, lambda: None)])
    changes: dict[str, Callable[[], None]] = {
        "nothing": lambda: None,
        f"{BATCH} articles added": seeds.add,
        f"{BATCH} articles changed": seeds.change,
        f"{BATCH} articles removed": seeds.remove,
        f"{seeds.renamed:,} articles renamed": seeds.rename,
    }
    for label, change in changes.items():
        yield row(label, [rebuild(seeds, change) for _ in range(times)])


def row(label: str, costs: list[Cost]) -> str:
    """Format one line of the table: medians of `costs`."""
    seconds = statistics.median(cost.seconds for cost in costs)
    processor = statistics.median(cost.processor for cost in costs)
    embedded = max(cost.embedded for cost in costs)
    return f"| {costs[0].passages:,} | {label} | {seconds:.2f} | {processor:.2f} | {embedded:,} |"


def rebuild(seeds: FileSeeds | LineSeeds, change: Callable[[], None]) -> Cost:
    """Change the seeds, then build."""
    change()
    time.sleep(SETTLED / 1e9)  # a more recent file would be read twice
    encoder, started = RandomEncoder(), time.process_time()
    report = build(seeds.seeds, seeds.index, encoder=encoder)
    assert not report.skipped, report.skipped[:3]
    processor = time.process_time() - started
    return Cost(report.seconds, processor, encoder.embedded, report.passages)


if __name__ == "__main__":
    sys.exit(run(main))
