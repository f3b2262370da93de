"""How time and size grow: `python -m qa.benchmarks.speed.growth --data DIR [SIZE ...]`.

DIR holds files in SQuAD's manner, one context a line (.jsonl.xz). Up to `--real` passages are real,
with vectors of the real encoder; those after are made of the same sentences, and their vectors are
noisy copies (`grown.py`). Seconds of a question are those of retrieval, its vector being known.
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
from index.benchmarks.machine import described, peak_memory
from index.cleaning.patterns import VERSION as RULES
from index.encoder.sentence import SentenceEncoder
from index.errors import run
from index.store.base.settings import Settings
from index.store.doors import open_store
from index.text.terms import VERSION as TERMS

from .grown import TOKENS, Real, grow, read_real

SIZES = (1_000, 10_000, 100_000, 1_000_000)
HEAD = (
    "| passages | articles and keywords, s | vector index, s | form, depth | own recall@10 "
    "| open, s "
    "| dense p50/p95, ms | keyword p50/p95, ms | fused p50/p95, ms | recall@10, questions "
    "| RSS (mapped), MB | peak of building, MB | database, MB | FAISS file, MB |"
)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m qa.benchmarks.speed.growth", description=__doc__
    )
    parser.add_argument(
        "passages", metavar="SIZE", nargs="*", type=int, default=SIZES, help=f"{SIZES}"
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of .jsonl.xz files")
    parser.add_argument("--real", type=int, default=10_000, help="passages that are embedded")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--folder", type=Path, help="where to keep embedded passages and indexes")
    threads.add_option(parser)
    options = parser.parse_args(argv)
    threads.limit(options.threads)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        encoder = SentenceEncoder()
        real = read_real(options.data, options.real, options.questions, encoder, folder)
        settings = Settings(encoder.name, encoder.revision, encoder.dimension, TOKENS, RULES, TERMS)
        print(
            described(),
            f"{len(real.texts)} real passages, {len(real.questions)} questions",
            sep="\n",
        )
        print(HEAD, "|---" * (HEAD.count("|") - 1) + "|", sep="\n", flush=True)
        for count in options.passages:
            print(_row(folder, count, real, settings), flush=True)
    return 0


def _row(folder: Path, count: int, real: Real, settings: Settings) -> str:
    index = folder / f"index-{count}"
    put, published = grow(index, count, real, settings)
    peak = peak_memory()
    with open_store(index).snapshot() as snapshot:
        vectors = snapshot.vector_index()
    found = _asked(index, folder)
    memory = {name: value / 1e6 for name, value in found["memory"].items()}
    sizes = {file.suffix: file.stat().st_size / 1e6 for file in index.iterdir()}
    cells = [
        f"{count:,}",
        f"{put:.1f}",
        f"{published:.1f}",
        vectors.form.partition(";")[0],
        f"{vectors.recall:.3f}",
        f"{found['open']:.2f}",
        *(_spread(found["seconds"][name]) for name in ("dense", "keyword", "fused")),
        f"{found['recall']:.3f}",
        f"{memory['held']:.0f} ({memory['mapped']:.0f})",
        f"{peak / 1e6:.0f}",
        f"{sizes['.sqlite']:.0f}",
        f"{sizes['.faiss']:.1f}",
    ]
    return f"| {' | '.join(cells)} |"


def _asked(index: Path, folder: Path) -> dict[str, Any]:
    """Figures from a process of its own, which holds nothing but the index."""
    command = [sys.executable, "-m", f"{__package__}.asking", str(index), str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _spread(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    half, most = statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]
    return f"{1000 * half:.1f} / {1000 * most:.1f}"


if __name__ == "__main__":
    sys.exit(run(main))
