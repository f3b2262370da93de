"""`archive-qa check [--index DIR]`: is everything in the index whole, and does it agree?"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from index.command_name import command_name
from index.errors import run
from index.ingest.updating.earlier_texts import wrong_earlier_texts
from index.store.base.protocol import Problem
from index.store.doors import Where, find_store
from index.store.option import add_index_option

DESCRIPTION = """Say whether everything in the index is whole and agrees; nothing is changed. Exit
status 1 if something is wrong."""
SHOWN = 10  # problems of one kind; beyond that only their number is given


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return 1 if anything is wrong, else 0."""
    parser = argparse.ArgumentParser(prog=command_name("check"), description=DESCRIPTION)
    add_index_option(parser)
    index = parser.parse_args(argv).index
    problems = check(index)
    for sentence in sentences(problems):
        print(sentence)
    if problems:
        print(f"{len(problems)} wrong; mend it with  archive-qa repair --index {index}")
        return 1
    print("nothing is wrong")
    return 0


def check(index: Where) -> list[Problem]:
    """Return everything that is wrong with an index. Raises ArchiveError if there is none."""
    found = find_store(index).problems()
    return [*found, *wrong_earlier_texts(index)]


def sentences(problems: Sequence[Problem]) -> Iterator[str]:
    """Yield each problem on one line, up to SHOWN of a kind, then how many more there are."""
    counts: Counter[str] = Counter()
    for problem in problems:
        counts[problem.what] += 1
        if counts[problem.what] <= SHOWN:
            yield "".join(c if c.isprintable() else " " for c in problem.sentence)
    for what, count in counts.items():
        if count > SHOWN:
            yield f"... and {count - SHOWN} more of this kind: {what}"


if __name__ == "__main__":
    sys.exit(run(main))
