"""How time and size grow: `python -m qa.benchmarks.speed.growth --data DIR [SIZE ...]`.

DIR holds `.jsonl.xz` files as for `archive-qa evaluate`. Up to `--real` passages are real, with
vectors of the real encoder; further ones are synthetic: the same sentences in other combinations,
with noisy copies of the vectors (`synthetic.py`). Seconds of a question are those of retrieval
alone; its vector is precomputed.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index import threads
from index.benchmarks.machine import describe_machine, peak_memory
from index.cleaning.patterns import VERSION as RULES
from index.encoder.sentence import SentenceEncoder
from index.errors import run
from index.store.base.settings import Settings
from index.store.doors import open_store
from index.text.terms import VERSION as TERMS

from .synthetic import PASSAGE_TOKENS, RealData, load_real_data, write_index

SIZES = (1_000, 10_000, 100_000, 1_000_000)
HEADER = (
    "| passages | articles and keywords, s | vector index, s | form, depth | own recall@10 "
    "| open, s "
    "| dense p50/p95, ms | keyword p50/p95, ms | fused p50/p95, ms | recall@10, questions "
    "| RSS (mapped), MB | peak of building, MB | database, MB | FAISS file, MB |"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; print a row for each size."""
    parser = argparse.ArgumentParser(
        prog="python -m qa.benchmarks.speed.growth", description=__doc__
    )
    parser.add_argument(
        "passages", metavar="SIZE", nargs="*", type=int, default=SIZES, help=f"{SIZES}"
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of .jsonl.xz files")
    parser.add_argument("--real", type=int, default=10_000, help="passages to embed")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument(
        "--folder", type=Path, help="folder that keeps vectors and indexes for another run"
    )
    threads.add_option(parser)
    options = parser.parse_args(argv)
    threads.limit(options.threads)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        encoder = SentenceEncoder()
        real = load_real_data(options.data, options.real, options.questions, encoder, folder)
        settings = Settings(
            encoder.name, encoder.revision, encoder.dimension, PASSAGE_TOKENS, RULES, TERMS
        )
        print(
            describe_machine(),
            f"{len(real.texts)} real passages, {len(real.questions)} questions",
            sep="\n",
        )
        print(HEADER, "|---" * (HEADER.count("|") - 1) + "|", sep="\n", flush=True)
        for count in options.passages:
            print(_row(folder, count, real, settings), flush=True)
    return 0


def _row(folder: Path, count: int, real: RealData, settings: Settings) -> str:
    index = folder / f"index-{count}"
    put, published = write_index(index, count, real, settings)
    peak = peak_memory()
    with open_store(index).snapshot() as snapshot:
        vectors = snapshot.vector_index()
    queried = _query(index, folder)
    memory = {name: value / 1e6 for name, value in queried["memory"].items()}
    sizes = {file.suffix: file.stat().st_size / 1e6 for file in index.iterdir()}
    cells = [
        f"{count:,}",
        f"{put:.1f}",
        f"{published:.1f}",
        vectors.form.partition(";")[0],
        f"{vectors.recall:.3f}",
        f"{queried['open']:.2f}",
        *(_percentiles(queried["seconds"][name]) for name in ("dense", "keyword", "fused")),
        f"{queried['recall']:.3f}",
        f"{memory['held']:.0f} ({memory['mapped']:.0f})",
        f"{peak / 1e6:.0f}",
        f"{sizes['.sqlite']:.0f}",
        f"{sizes['.faiss']:.1f}",
    ]
    return f"| {' | '.join(cells)} |"


def _query(index: Path, folder: Path) -> dict[str, Any]:
    """Return the figures of a fresh process, whose memory is that of the index alone."""
    command = [sys.executable, "-m", f"{__package__}.query_process", str(index), str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _percentiles(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    p50, p95 = statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]
    return f"{1000 * p50:.1f} / {1000 * p95:.1f}"


if __name__ == "__main__":
    sys.exit(run(main))
