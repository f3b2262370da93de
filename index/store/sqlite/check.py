"""`archive-qa check [--index DIR]`: is everything in the index whole, and does it agree?

It reads all of the index and changes nothing. What it finds is said in sentences.
"""

import argparse
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from index.errors import ArchiveError, StorageError, first_line, run
from index.store.base.problem import Problem

from .check_keywords import wrong_keywords
from .check_texts import wrong_texts
from .check_vectors import wrong_vectors
from .schema import Settings, connect, read_settings, storage_errors

SHOWN = 10  # problems of one kind; of more only the number is said
TRIES = 5  # when builds end while it checks


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="archive-qa check", description=__doc__)
    parser.add_argument("--index", default=".index", help="folder of the index (.index)")
    index = parser.parse_args(argv).index
    problems = check(index)
    for sentence in sentences(problems):
        print(sentence)
    if problems:
        print(f"{len(problems)} wrong; mend it with  archive-qa repair --index {index}")
        return 1
    print("nothing is wrong")
    return 0


def sentences(problems: Sequence[Problem]) -> Iterator[str]:
    """Each problem in words, on one line; no more than a few of a kind."""
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.what] += 1
        if seen[problem.what] <= SHOWN:
            yield "".join(c if c.isprintable() else " " for c in problem.sentence)
    for what, count in seen.items():
        if count > SHOWN:
            yield f"... and {count - SHOWN} more of this kind: {what}"


def check(index: Path | str) -> list[Problem]:
    """Everything that is wrong with the index in a folder; ArchiveError if there is none."""
    folder = Path(index)
    for _ in range(TRIES):
        generation, problems = _checked(folder)
        # the FAISS file of a snapshot goes when a build publishes the next one
        if not problems or generation == _checked_generation(folder):
            break
    return problems


def _checked(folder: Path) -> tuple[int | None, list[Problem]]:
    try:
        connection = connect(folder)
    except StorageError as error:
        return None, [Problem("pages", str(error))]
    with closing(connection), storage_errors(folder):
        connection.execute("PRAGMA query_only = OFF")  # for temporary tables alone
        connection.execute("PRAGMA temp_store = FILE")
        connection.execute("BEGIN")
        problems = list(_guarded(partial(_wrong_pages, connection)))
        try:
            settings = read_settings(connection)
        except (StorageError, sqlite3.Error) as error:
            return None, [*problems, Problem("settings", first_line(error))]
        if settings is None:
            raise ArchiveError(f"the index in '{folder}' was never finished: build it again")
        problems += _guarded(partial(wrong_texts, connection))
        problems += _guarded(partial(wrong_vectors, connection, settings, folder))
        problems += _guarded(partial(wrong_keywords, connection, settings.terms))
        return settings.generation, problems


def _checked_generation(folder: Path) -> int | None:
    try:
        with closing(connect(folder)) as connection:
            settings: Settings | None = read_settings(connection)
    except (StorageError, sqlite3.Error):
        return None
    return settings.generation if settings else None


def _guarded(look: Callable[[], Iterator[Problem]]) -> Iterator[Problem]:
    """What `look` finds; that it cannot read on is one more problem, not the end of the check."""
    try:
        yield from look()
    except (sqlite3.Error, ValueError, TypeError, RuntimeError) as error:
        yield Problem("pages", f"the database cannot be read on ({first_line(error)})")


def _wrong_pages(connection: sqlite3.Connection) -> Iterator[Problem]:
    for (said,) in connection.execute("PRAGMA integrity_check").fetchall():
        if said != "ok":
            yield Problem("pages", f"the database is damaged: {said}")


if __name__ == "__main__":
    sys.exit(run(main))
