"""`python -m index.benchmarks.memory`: the memory it takes to index a small and a large .jsonl.

Made-up records as a crawler writes them: an article's text, and the page it was cut from, which is
not indexed (`--page 0` leaves it out: then all of the file is text). Each file is indexed by a
process of its own. Embedding costs nothing, so that the memory is that of the index.
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

from .machine import described, peak_memory
from .made import Made, MadeEncoder

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SIZES = (10, 1000)  # MB
PAGE = 500  # KB
BLOCKS = 2000  # different ones in all pages


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("megabytes", nargs="*", type=int, default=SIZES, help=f"{SIZES}")
    parser.add_argument("--page", type=int, default=PAGE, help=f"KB in each record ({PAGE})")
    parser.add_argument("--packed", action="store_true", help="a .jsonl.zst of that size unpacked")
    parser.add_argument("--folder", help="where to put the files (the system's temporary one)")
    options = parser.parse_args(argv)
    print(described())
    print("| file, MB | passages | vectors, MB | most memory, MB | seconds |")
    print("|---|---|---|---|---|")
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as one:
        for megabytes in options.megabytes:
            with tempfile.TemporaryDirectory(dir=options.folder) as folder:
                write(Path(folder, "seeds"), megabytes, 1000 * options.page, options.packed)
                print(one.submit(measured, Path(folder), megabytes).result(), flush=True)
    return 0


def write(seeds: Path, megabytes: int, page: int, packed: bool) -> None:
    """Write one file of so many MB, before it is packed, of records with pages of so many bytes."""
    seeds.mkdir()
    made, chance, written, number = Made(), random.Random(1), 0, 0  # noqa: S311  # no secret
    blocks = [f"<p class='text'>{made.article(2)}</p>" for _ in range(BLOCKS)]
    with _opened(seeds / ("all.jsonl.zst" if packed else "all.jsonl"), packed) as file:
        while written < 1e6 * megabytes:
            html = "".join(chance.choices(blocks, k=page // len(blocks[0])))
            about = {"id": number, "text": made.article(), "html": html}
            written += file.write(json.dumps(about) + "\n")
            number += 1


@contextmanager
def _opened(file: Path, packed: bool) -> Iterator[TextIO]:
    if packed:
        with zstd.ZstdFile(file, "w") as stream, io.TextIOWrapper(stream, "utf-8") as text:
            yield text
    else:
        with file.open("w", encoding="utf-8") as text:
            yield text


def measured(folder: Path, megabytes: int) -> str:
    """Build in this process, which is a new one; the row of the table."""
    report = build(folder / "seeds", folder / "index", encoder=MadeEncoder())
    assert not report.skipped, report.skipped[:3]
    vectors = report.passages * MadeEncoder.dimension * 4 / 1e6
    most = peak_memory() / 1e6
    return (
        f"| {megabytes:,} | {report.passages:,} | {vectors:.0f} | {most:.0f} "
        f"| {report.seconds:.0f} |"
    )


if __name__ == "__main__":
    sys.exit(run(main))
