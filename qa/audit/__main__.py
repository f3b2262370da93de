"""`archive-qa verify FILE [--index DIR] [--json]`: are the citations of a file still true?"""

import argparse
import dataclasses
import json
import sys
from collections import Counter
from collections.abc import Sequence

from index.command_name import command_name
from index.errors import run, stdout_is_unicode
from index.store.option import add_index_option
from index.text.terminal import printable_lines, shorten

from .verifying import Verdict, verify

MAX_SHOWN = 300  # characters of a text


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; exit status 1 if a citation is edited, gone or unreadable."""
    options = _options(argv)
    verdicts = verify(options.file, options.index)
    if options.json:
        fields = [dataclasses.asdict(verdict) for verdict in verdicts]
        print(json.dumps(fields, ensure_ascii=not stdout_is_unicode(), indent=1))
    else:
        for verdict in verdicts:
            print(as_text(verdict))
        counts = Counter(verdict.status for verdict in verdicts)
        print(", ".join(f"{count:,} {status}" for status, count in counts.items()))
    return 0 if all(verdict.sound for verdict in verdicts) else 1


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog=command_name("verify"),
        description="Say of each citation in a file whether the archive still says so: unchanged, "
        "moved, edited or gone. Exit status 0 if all are unchanged or moved.",
    )
    parser.add_argument(
        "file", help="a saved conversation, the output of ask --json, or a text with permalinks"
    )
    add_index_option(parser, several=True)
    parser.add_argument("--json", action="store_true", help="print the verdicts as JSON")
    return parser.parse_args(argv)


def as_text(verdict: Verdict) -> str:
    """Return a verdict for a terminal, without control characters."""
    lines = [f"{verdict.place}: {verdict.status}"]
    if verdict.article_id is not None and verdict.status != "gone":
        lines[0] += f" in {verdict.article_id}, {verdict.start}-{verdict.end}"
    if verdict.held_until:
        lines[0] += f"; the archive held the cited text until {verdict.held_until}"
    if verdict.version_of:
        lines[0] += f"; the cited text is in an earlier version, of {verdict.version_of}"
    if verdict.quote and not verdict.sound:
        lines.append(f"  cited: “{_short(verdict.quote)}”")
    if verdict.difference:
        lines.append(f"  now: {_short(verdict.difference)}")
    elif verdict.text and verdict.status == "gone":
        lines.append(f"  nearest, in {verdict.article_id}: “{_short(verdict.text)}”")
    if verdict.why:
        lines.append(f"  {_short(verdict.why)}")
    return printable_lines(lines)


def _short(text: str) -> str:
    return shorten(text, MAX_SHOWN)


if __name__ == "__main__":
    sys.exit(run(main))
