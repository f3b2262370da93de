"""`python -m index.benchmarks.updates`: what a small change costs in a small and a large archive.

Made-up articles, one file each, 100 in a folder, or all of them in one .jsonl (`--lines`). They are
embedded at no cost, so that seconds are those of the index. Each change is made several times; the
seconds are the median, and those of the processor say what they would be on an idle machine.
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

from .machine import described, peak_memory
from .made import Made, MadeEncoder

SIZES = (1_000, 10_000, 100_000)  # passages
PER_ARTICLE = 5
FEW, FOLDER = 10, 100  # articles


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("passages", nargs="*", type=int, default=SIZES, help=f"{SIZES}")
    parser.add_argument("--lines", action="store_true", help="all articles in one .jsonl")
    parser.add_argument("--times", type=int, default=3, help="how often each change is made (3)")
    parser.add_argument("--folder", help="where to put the archives (the system's temporary one)")
    options = parser.parse_args(argv)
    print(described())
    print("| passages | what was done | seconds | of processor | texts embedded |")
    print("|---|---|---|---|---|", flush=True)
    for size in options.passages:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            archive = (Lines if options.lines else Files)(Path(folder), size // PER_ARTICLE)
            for row in measured(archive, options.times):
                print(row, flush=True)
    print(f"most memory: {peak_memory() / 1e6:.0f} MB")
    return 0


class Files:
    """Seeds that are one file an article."""

    def __init__(self, folder: Path, articles: int) -> None:
        self.seeds, self.index = folder / "seeds", folder / "index"
        self.made, self.numbers, self.names = Made(), itertools.count(), itertools.count()
        self.files: list[Path] = []
        self.seeds.mkdir()
        self.add(articles)

    def add(self, articles: int = FEW) -> None:
        for _ in range(articles):
            number = next(self.numbers)
            file = self.seeds / f"folder-{number // FOLDER}" / f"{number}.txt"
            file.parent.mkdir(exist_ok=True)
            file.write_text(self.made.article(), encoding="utf-8")
            self.files.append(file)

    def change(self) -> None:
        for file in self.files[-FEW:]:
            file.write_text(self.made.article(), encoding="utf-8")

    def remove(self) -> None:
        for file in self.files[-FEW:]:
            file.unlink()
        del self.files[-FEW:]

    @property
    def first(self) -> int:
        """How many articles are in the first folder."""
        return sum(file.parent == self.files[0].parent for file in self.files)

    def rename(self) -> None:
        """Another name for that folder."""
        old = self.files[0].parent
        new = old.with_name(f"renamed-{next(self.names)}")
        old.rename(new)
        self.files = [new / f.name if f.parent == old else f for f in self.files]


class Lines:
    """Seeds that are the lines of one .jsonl."""

    def __init__(self, folder: Path, articles: int) -> None:
        self.seeds, self.index = folder / "seeds", folder / "index"
        self.made, self.numbers = Made(), itertools.count()
        self.lines: dict[int, str] = {}
        self.name = "all.jsonl"
        self.seeds.mkdir()
        self.add(articles)

    def add(self, articles: int = FEW) -> None:
        self.lines |= {next(self.numbers): self.made.article() for _ in range(articles)}
        self._write()

    def change(self) -> None:
        self.lines |= {number: self.made.article() for number in list(self.lines)[-FEW:]}
        self._write()

    def remove(self) -> None:
        for number in list(self.lines)[-FEW:]:
            del self.lines[number]
        self._write()

    @property
    def first(self) -> int:
        """How many articles are in the file."""
        return len(self.lines)

    def rename(self) -> None:
        """Another name for the file."""
        old, self.name = self.seeds / self.name, f"renamed-{self.name}"
        old.rename(self.seeds / self.name)

    def _write(self) -> None:
        with (self.seeds / self.name).open("w", encoding="utf-8") as file:
            for number, text in self.lines.items():
                print(json.dumps({"id": number, "text": text}), file=file)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a build took, and how many passages the index has then."""

    seconds: float
    processor: float
    embedded: int
    passages: int


def measured(archive: Files | Lines, times: int) -> Iterator[str]:
    """A row of the table for each change, in the order in which they are made."""
    yield row("all of it, into a new index", [built(archive, lambda: None)])
    changes: dict[str, Callable[[], None]] = {
        "nothing": lambda: None,
        f"{FEW} articles added": archive.add,
        f"{FEW} articles changed": archive.change,
        f"{FEW} articles removed": archive.remove,
        f"{archive.first:,} articles renamed": archive.rename,
    }
    for what, change in changes.items():
        yield row(what, [built(archive, change) for _ in range(times)])


def row(what: str, costs: list[Cost]) -> str:
    seconds = statistics.median(cost.seconds for cost in costs)
    processor = statistics.median(cost.processor for cost in costs)
    embedded = max(cost.embedded for cost in costs)
    return f"| {costs[0].passages:,} | {what} | {seconds:.2f} | {processor:.2f} | {embedded:,} |"


def built(archive: Files | Lines, change: Callable[[], None]) -> Cost:
    """Change the seeds and build."""
    change()
    time.sleep(SETTLED / 1e9)  # a younger file would be read twice
    encoder, processor = MadeEncoder(), time.process_time()
    report = build(archive.seeds, archive.index, encoder=encoder)
    assert not report.skipped, report.skipped[:3]
    processor = time.process_time() - processor
    return Cost(report.seconds, processor, encoder.embedded, report.passages)


if __name__ == "__main__":
    sys.exit(run(main))
