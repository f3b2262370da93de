"""`archive-qa evaluate FILE`: how well questions with known answers are answered."""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from index import threads
from index.command_name import command_name
from index.encoder.sentence import Encoder
from index.errors import ArchiveError, run
from index.store.doors import Where
from index.store.option import add_index_option
from index.store.several.part import require_all
from qa.archive import Archive
from qa.reader.option import add_reader_option
from qa.reader.reader import Reader

from .dataset_archive import build_archive
from .datasets import ANNOTATED, read_cases, sample_evenly
from .guarantee import CERTAINTY
from .measure import Outcome, measure
from .offers import NO_RATE, apply_rate, drop_rate, format_offers, rate_or_none, share
from .report import format_misses, format_table

DESCRIPTION = """Say how well questions with known answers are answered. FILE is SQuAD-format json
or `.jsonl[.xz]` of contexts with questions: its contexts then are the archive. Or it is a text
file of your own, asked of an existing index: on each line a question, a tab and the expected
answer, which is empty if the archive should not answer, or "?" if you do not know it. It also says
which error rates the questions show to be possible, and keeps one with --apply."""


def evaluate(
    path: Path,
    *,
    index: Where | Sequence[Where] | None = None,
    reader: Reader | None = None,
    limit: int | None = None,
    encoder: Encoder | None = None,
) -> list[Outcome]:
    """Ask the questions of a file and return the outcome of each.

    Args:
        path: The question set.
        index: The archives to ask, for a tab-separated file; annotated files bring their own texts.
        reader: None for the default reader.
        limit: Ask at most this many questions, spaced evenly over the file.
        encoder: None for the encoder that the index names.
    """
    cases = sample_evenly(read_cases(path), limit)
    reader = reader or Reader.load()
    with tempfile.TemporaryDirectory(prefix="archive-qa-") as temporary:
        if path.name.endswith(ANNOTATED):
            archive = build_archive(path, Path(temporary), reader, encoder)
        else:
            archive = Archive.open(index or ".index", reader=reader, encoder=encoder)
        require_all(archive.not_asked())
        return [measure(archive, reader, case) for case in tqdm(cases, desc="asking")]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0 once it has measured, whatever the figures."""
    options = _parser().parse_args(arguments)
    threads.limit(options.threads)
    index = options.index[0]
    if options.apply and len(options.index) > 1:
        raise ArchiveError("an error rate is kept with one archive: name one with --index")
    if options.apply == NO_RATE:
        drop_rate(index)
        print(f"the reader's own thresholds are in force in '{index}'")
        return 0
    _check(options)
    reader = Reader.load(options.reader)
    outcomes = evaluate(options.file, index=options.index, reader=reader, limit=options.limit)
    print(format_table(outcomes))
    if options.misses:
        print(f"\n{format_misses(outcomes)}")
    print(format_offers(outcomes, options.certainty))
    if options.apply:
        print(apply_rate(index, outcomes, options.apply, options.certainty, reader))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=command_name("evaluate"), description=DESCRIPTION)
    parser.add_argument(
        "file", type=Path, nargs="?", help=".json, .jsonl, .jsonl.xz, or a text file"
    )
    add_index_option(parser, several=True)
    parser.add_argument("--limit", type=int, metavar="N", help="ask only so many of the questions")
    parser.add_argument(
        "--apply", type=rate_or_none, metavar="RATE",
        help="from now on, refuse what is below the threshold at which at most RATE (like 5%%) of "
        "the answers are wrong; none: the reader's own thresholds again",
    )  # fmt: skip
    parser.add_argument(
        "--certainty", type=share, default=CERTAINTY, metavar="SHARE",
        help="how certain the error rates are to be (95%%)",
    )  # fmt: skip
    parser.add_argument(
        "--misses", action="store_true", help="list the questions that were not answered right"
    )
    add_reader_option(parser)
    threads.add_option(parser)
    return parser


def _check(options: argparse.Namespace) -> None:
    if options.file is None:
        raise ArchiveError("name a file of questions")
    if options.limit is not None and options.limit < 1:
        raise ArchiveError(f"--limit is {options.limit}: ask one question or more")
    if options.apply and options.file.name.endswith(ANNOTATED):
        raise ArchiveError(
            f"'{options.file}' brings texts of its own: an error rate is for the archive whose "
            "questions are asked, one a line with a tab and the answer in a text file"
        )


if __name__ == "__main__":
    raise SystemExit(run(main))
