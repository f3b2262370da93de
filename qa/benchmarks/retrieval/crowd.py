"""Does one language drown another: `python -m qa.benchmarks.retrieval.crowd FILE --beside FILES`.

The contexts of FILE become an archive and are asked its own questions; then the contexts of the
other files, in other languages, are added, and the same questions are asked again. The figures are
those of `recall`.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from index import build
from index.benchmarks.machine import describe_machine
from index.encoder.sentence import Encoder, SentenceEncoder
from index.errors import run

from .questions import load_questions, write_seeds
from .ranking import CachingEncoder, QuestionRanks, format_table, rank_questions


def measure(
    file: Path, beside: Sequence[Path], work: Path, encoder: Encoder, limit: int | None = None
) -> dict[str, list[QuestionRanks]]:
    """Rank the questions before and after `beside` is added, by the number of passages.

    Seeds and index are written to the folder `work`.
    """
    questions = load_questions(file, limit)
    rows = {}
    for added in ([], beside):
        for source in (file, *added):
            write_seeds(source, work / "seeds")
        report = build(work / "seeds", work / "index", encoder=encoder, progress=True)
        results = rank_questions(work / "index", encoder, questions)
        rows[f"{report.passages:,} passages"] = results
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m qa.benchmarks.retrieval.crowd",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, help=".jsonl.xz with questions")
    parser.add_argument("--beside", type=Path, nargs="+", required=True, help=".jsonl.xz files")
    parser.add_argument("--limit", type=int, help="most questions to ask")
    options = parser.parse_args(arguments)
    encoder = CachingEncoder(SentenceEncoder())
    print(describe_machine(("faiss-cpu", "torch")))
    with tempfile.TemporaryDirectory(prefix="archive-qa-") as work:
        rows = measure(options.file, options.beside, Path(work), encoder, options.limit)
    print(format_table(options.file.name, rows))
    return 0


if __name__ == "__main__":
    raise SystemExit(run(main))
