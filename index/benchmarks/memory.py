"""`python -m index.benchmarks.memory`: peak memory of indexing a small and a large .jsonl.

The records are synthetic and as a crawler writes them: an article's text, and the HTML page it was
taken from, which is not indexed (`--page 0` leaves it out, so that the file is all text). Each file
is indexed in a process of its own. Embedding costs nothing, so the memory is that of the index.
"""

import argparse
import io
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TextIO

from index.errors import run
from index.ingest.builder import build

from .machine import describe_machine, peak_memory
from .synthetic import ArticleGenerator, RandomEncoder

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SIZES = (10, 1000)  # MB
PAGE = 500  # KB
DISTINCT_BLOCKS = 2000  # paragraphs that all pages are composed of


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; print a row for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("megabytes", nargs="*", type=int, default=SIZES, help=f"{SIZES}")
    parser.add_argument("--page", type=int, default=PAGE, help=f"KB of HTML a record ({PAGE})")
    parser.add_argument(
        "--packed", action="store_true", help="compress the file; sizes are uncompressed"
    )
    parser.add_argument("--folder", help="where to put the files (the system's temporary folder)")
    options = parser.parse_args(argv)
    print(describe_machine())
    print("| file, MB | passages | vectors, MB | most memory, MB | seconds |")
    print("|---|---|---|---|---|")
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as executor:
        for megabytes in options.megabytes:
            with tempfile.TemporaryDirectory(dir=options.folder) as folder:
                write_seeds(Path(folder, "seeds"), megabytes, 1000 * options.page, options.packed)
                print(executor.submit(measure, Path(folder), megabytes).result(), flush=True)
    return 0


def write_seeds(seeds: Path, megabytes: int, page: int, packed: bool) -> None:
    """Write one file of records with pages of `page` bytes, `megabytes` before compression."""
    seeds.mkdir()
    articles, chance = ArticleGenerator(), random.Random(1)  # noqa: S311
    blocks = [f"<p class='text'>{articles.article(2)}</p>" for _ in range(DISTINCT_BLOCKS)]
    size = number = 0
    with _open(seeds / ("all.jsonl.zst" if packed else "all.jsonl"), packed) as file:
        while size < 1e6 * megabytes:
            html = "".join(chance.choices(blocks, k=page // len(blocks[0])))
            record = {"id": number, "text": articles.article(), "html": html}
            size += file.write(json.dumps(record) + "\n")
            number += 1


@contextmanager
def _open(file: Path, packed: bool) -> Iterator[TextIO]:
    if packed:
        with zstd.ZstdFile(file, "w") as stream, io.TextIOWrapper(stream, "utf-8") as text:
            yield text
    else:
        with file.open("w", encoding="utf-8") as text:
            yield text


def measure(folder: Path, megabytes: int) -> str:
    """Build in this process, which must be a fresh one; return the row of the table."""
    report = build(folder / "seeds", folder / "index", encoder=RandomEncoder())
    assert not report.skipped, report.skipped[:3]
    vectors = report.passages * RandomEncoder.dimension * 4 / 1e6
    return (
        f"| {megabytes:,} | {report.passages:,} | {vectors:.0f} | {peak_memory() / 1e6:.0f} "
        f"| {report.seconds:.0f} |"
    )


if __name__ == "__main__":
    sys.exit(run(main))
