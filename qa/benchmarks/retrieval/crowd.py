"""Does one language drown another? `python -m qa.benchmarks.retrieval.crowd FILE --beside FILES`

The contexts of FILE are an archive, asked its own questions; then the contexts of the other files,
in other languages, are added, and the questions are asked again. See `recall` for the figures.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from index import build
from index.benchmarks.machine import described
from index.encoder.sentence import Encoder, SentenceEncoder
from index.errors import run

from .recall import Ranked, Remembering, asked_of, ranked, table, write_seed


def measure(
    file: Path, beside: Sequence[Path], work: Path, encoder: Encoder, limit: int | None = None
) -> dict[str, list[Ranked]]:
    """The ranks of the right passages, by what the archive holds. `work` keeps the archive."""
    questions = asked_of(file, limit)
    rows = {}
    for added in ([], beside):
        for one in (file, *added):
            write_seed(one, work / "seeds")
        report = build(work / "seeds", work / "index", encoder=encoder, progress=True)
        rows[f"{report.passages:,} passages"] = ranked(work / "index", encoder, questions)
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m qa.benchmarks.retrieval.crowd",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, help=".jsonl.xz with questions")
    parser.add_argument("--beside", type=Path, nargs="+", required=True, help=".jsonl.xz files")
    parser.add_argument("--limit", type=int, help="at most so many questions")
    given = parser.parse_args(arguments)
    encoder = Remembering(SentenceEncoder())
    print(described(("faiss-cpu", "torch")))
    with tempfile.TemporaryDirectory(prefix="archive-qa-") as made:
        rows = measure(given.file, given.beside, Path(made), encoder, given.limit)
    print(table(given.file.name, rows))
    return 0


if __name__ == "__main__":
    raise SystemExit(run(main))
