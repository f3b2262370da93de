"""`archive-qa check-draft FILE`: what of a draft stands in the archive, and what differs there?"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from index import threads
from index.command_name import command_name
from index.errors import run, stdout_is_unicode
from index.store.base.search_filter import SearchFilter, parse_day
from index.store.doors import open_stores
from index.store.option import add_index_option
from index.store.several.part import warn_of
from index.store.several.store import narrowed
from index.text.terminal import printable_lines, shorten
from qa.answers.citing import source_name

from .reading import KINDS, read_draft
from .report import Claim, DraftReport

MAX_SHOWN = 300  # characters of a text
QUOTES = '“”"„«»「」『』'


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; exit status 1 if the archive says something else of any claim."""
    options = _options(argv)
    threads.limit(options.threads)
    search_filter = SearchFilter.of(
        options.after, options.before, options.language, options.article, options.archive
    )
    day = parse_day("day", options.day)
    from index.encoder.sentence import SentenceEncoder

    from .checking import check_draft

    text = read_draft(Path(options.file))
    store = open_stores(options.index)
    encoder = SentenceEncoder(store.settings.encoder)
    store.require_encoder(encoder)
    store, search_filter = narrowed(store, search_filter)
    report = check_draft(store, encoder, text, search_filter, day)
    warn_of(report.not_asked)
    if options.json:
        print(json.dumps(report.as_dict(), ensure_ascii=not stdout_is_unicode(), indent=1))
    else:
        print(as_text(text, report))
    return 1 if report.counts.get("differs") else 0


def as_text(draft: str, report: DraftReport) -> str:
    """Return a report for a terminal, without control characters: a line or more a claim."""
    lines = [line for claim in report.claims for line in _lines(draft, claim)]
    lines.append(", ".join(f"{n:,} {status}" for status, n in report.counts.items()) or "no claims")
    if report.left_out:
        lines.append(f"{report.left_out:,} further claims were left out: check the draft in parts")
    return printable_lines(lines)


def _lines(draft: str, claim: Claim) -> list[str]:
    row = draft.count("\n", 0, claim.start) + 1
    lines = [f"line {row}: {claim.kind} “{_short(claim.text.strip(QUOTES))}”: {claim.status}"]
    if claim.difference:
        lines.append(f"  the archive: {_short(claim.difference)}")
    elif claim.instead:
        lines.append(f"  the archive: “{_short(claim.instead)}”")
    if claim.citations:
        cited = claim.citations[0]
        lines.append(f"  in {source_name(cited)}: “{_short(cited.text)}”")
    return lines


def _short(text: str) -> str:
    return shorten(text, MAX_SHOWN)


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog=command_name("check-draft"),
        description="Look up each quotation, number, date and name of a draft in the archive: "
        "verbatim there, differs there, not found, or unsure. Exit status 1 if any differs.",
    )
    parser.add_argument("file", help=f"the draft: {', '.join(KINDS)}, at most 1 MB of text")
    add_index_option(parser, several=True)
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument(
        "--day", default="", help="when the draft was written, for words such as yesterday"
    )
    parser.add_argument("--after", metavar="DAY", default="", help="only articles from this day on")
    parser.add_argument("--before", metavar="DAY", default="", help="only articles to this day")
    parser.add_argument("--language", metavar="CODE", default="", help="only passages in it")
    parser.add_argument("--article", metavar="ID", default="", help="only this article")
    parser.add_argument("--archive", metavar="NAME", default="", help="only this one of several")
    threads.add_option(parser)
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(run(main))
