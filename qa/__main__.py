"""`python -m qa "question" [--index DIR] [--json | --explain] ...`: ask in the terminal."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from index import threads
from index.command_name import command_name
from index.errors import run, stdout_is_unicode
from index.store.option import add_index_option
from index.store.several.part import warn_of
from qa.answers.answering import Answer, TimelineEntry, as_dict
from qa.reader.option import add_reader_option
from qa.references.formats import FORMATS, references
from qa.retrieval.explain import format_search

from .answer_text import as_text, timeline_as_text
from .archive import Archive

FILTERS = ("after", "before", "language", "article", "archive", "names")
NOT_WITH_BATCH = (*FILTERS, "json", "explain", "format")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status: 1 if the archive holds no answer."""
    options = _options(argv)
    threads.limit(options.threads)
    archive = Archive.open(options.index, reader=options.reader)
    if options.earlier:
        archive = archive.earlier()
        print("only earlier versions of articles are asked", file=sys.stderr)
    if options.batch:
        return _answer_batch(archive, options.batch, options.output)
    filters = {name: getattr(options, name) for name in FILTERS}
    if options.explain:
        search = archive.explain(options.question, **filters)
        warn_of(search.not_asked)
        print(format_search(search))
        return 0 if search.hits else 1
    if options.timeline:
        entries = archive.timeline(options.question, **filters)
        if len(options.index) > 1:
            warn_of(archive.not_asked(options.archive or ""))
        print(_as_json(entries) if options.json else timeline_as_text(entries))
        return 0 if entries else 1
    answer = archive.answer(options.question, **filters)
    warn_of(answer.not_asked)
    if (options.after or options.before) and (undated := archive.count_undated()):
        print(f"left out because they have no date: {undated:,} of the articles", file=sys.stderr)
    _, void = archive.error_rate()
    if void:
        print(f"warning: {void}", file=sys.stderr)
    if options.format:
        return _print_references(answer, options.format)
    print(_as_json(answer) if options.json else as_text(answer))
    return 0 if answer.answered else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=command_name("ask"),
        description="Ask the archive a question, or with --batch a table of questions. The exit "
        "status is 0 if it is answered, 1 if the archive does not hold the answer.",
    )
    parser.add_argument("question", nargs="?", help="in any language, within quotation marks")
    add_index_option(parser, several=True)
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="print the whole answer as JSON")
    shown.add_argument(
        "--explain", action="store_true", help="print the passages, and how they were ranked"
    )
    shown.add_argument("--format", choices=FORMATS, help="print the answer's source as a reference")
    parser.add_argument("--timeline", action="store_true", help="print what was reported over time")
    parser.add_argument("--after", metavar="DAY", help="first day that counts, like 2025-10-28")
    parser.add_argument("--before", metavar="DAY", help="last day that counts")
    parser.add_argument("--language", metavar="CODE", help="only passages in it, like en or zh")
    parser.add_argument("--article", metavar="ID", help="only the article with this id")
    parser.add_argument("--archive", metavar="NAME", help="of several, only the one of this name")
    parser.add_argument(
        "--name", action="append", default=[], dest="names", metavar="NAME",
        help="only articles that name this (see archive-qa facets); may be repeated",
    )  # fmt: skip
    parser.add_argument("--earlier", action="store_true", help="ask the earlier texts of articles")
    parser.add_argument(
        "--batch", metavar="CSV", help="answer a table of questions, with a column question"
    )
    parser.add_argument("--output", metavar="CSV", help="the table of answers to write or continue")
    add_reader_option(parser)
    threads.add_option(parser)
    return parser


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = _parser()
    options = parser.parse_args(argv)
    if bool(options.batch) == (options.question is not None):
        parser.error("give one question, or --batch with a table of questions")
    if bool(options.batch) != bool(options.output):
        parser.error("--batch and --output go together")
    if options.timeline and (options.explain or options.format):
        parser.error("--timeline goes with --json only")
    if options.batch and any(getattr(options, name) for name in NOT_WITH_BATCH):
        parser.error("a table of questions has columns for the filters, and no other form")
    return options


def _answer_batch(archive: Archive, questions: str, output: str) -> int:
    """Answer a table of questions; exit status 2 if some could not be asked."""
    from qa.batch.running import answer_file

    if archive.archives:
        warn_of(archive.not_asked())
    report = answer_file(archive, Path(questions), Path(output), progress=True)
    earlier = f"; {report.earlier:,} were there already" if report.earlier else ""
    print(
        f"{report.answered:,} answered, {report.refused:,} not in the archive, "
        f"{report.errors:,} could not be asked (the column 'status' says why){earlier}"
    )
    return 2 if report.errors else 0


def _print_references(answer: Answer, format: str) -> int:
    """Print the sources of an answer as references; the closest passages are no sources."""
    if not answer.answered:
        print("The archive does not hold an answer to this.", file=sys.stderr)
        return 1
    print(references(answer.citations, format))
    return 0


def _as_json(value: Answer | Sequence[TimelineEntry]) -> str:
    plain = as_dict(value) if isinstance(value, Answer) else [as_dict(entry) for entry in value]
    return json.dumps(plain, ensure_ascii=not stdout_is_unicode(), default=str, indent=1)


if __name__ == "__main__":
    sys.exit(run(main))
