"""`archive-qa repair [--index DIR]`: make again, from what is stored, all that is derived from it.

Passages, keywords, vectors and the FAISS file come from the articles' texts. What cannot be made
from anything here, a damaged article, is marked so that the next build reads its seed again.
"""

import argparse
import contextlib
import os
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index.encoder.sentence import Encoder, SentenceEncoder
from index.errors import ArchiveError, StorageError, first_line, run
from index.ingest.builder import exclusively, publish
from index.passage import passages
from index.store.base.problem import Problem
from index.text.terms import VERSION

from .check import check, sentences
from .check_keywords import SHADOWS
from .schema import FILE, KEYWORD_TABLE, read_settings, storage_errors
from .snapshot import read_article
from .writer import Writer


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="archive-qa repair", description=__doc__)
    parser.add_argument("--index", default=".index", help="folder of the index (.index)")
    index = parser.parse_args(argv).index
    found, remaining = repair(index, progress=True)
    left = {problem.sentence for problem in remaining}
    for sentence in sentences([problem for problem in found if problem.sentence not in left]):
        print(f"mended: {sentence}")
    for sentence in sentences(remaining):
        print(f"not mended: {sentence}")
    if remaining:
        print(advice(index, remaining))
        return 1
    print("nothing was wrong" if not found else "nothing is wrong any more")
    return 0


def advice(index: Path | str, problems: Sequence[Problem]) -> str:
    """What to do about what could not be derived."""
    articles = {problem.article for problem in problems if problem.what == "article"}
    if all(problem.what == "article" or problem.article in articles for problem in problems):
        return f"read their seeds again with  python -m index SEEDS --index {index}"
    return (
        f"save what can be read with  archive-qa export --index {index} --output FILE.jsonl  if "
        f"you have no seeds any more; then remove the folder '{index}' and build it again with  "
        f"python -m index SEEDS --index {index}"
    )


def repair(
    index: str | os.PathLike[str] = ".index",
    *,
    encoder: Encoder | None = None,
    progress: bool = False,
) -> tuple[list[Problem], list[Problem]]:
    """Mend the index in a folder; gives what was wrong before and what still is.

    `encoder` is needed only for an index that was built with one that has no name; a named one is
    loaded when a vector must be made again. What was read by others before stays readable: either
    all of the mending is published or nothing.
    """
    folder = Path(index)
    if not (folder / FILE).is_file():
        raise ArchiveError(f"there is no index in '{folder}'")
    with storage_errors(folder), exclusively(folder):
        found = check(folder)
        if not found:
            return [], []
        try:
            lost = _mend(folder, found, encoder, progress)
        except (sqlite3.DatabaseError, StorageError, ValueError, TypeError) as error:
            sentence = f"the index is too damaged to be mended ({first_line(error)})"
            return found, [*check(folder), Problem("pages", sentence)]
        return found, [*check(folder), *lost]


def _mend(
    folder: Path, found: list[Problem], encoder: Encoder | None, progress: bool
) -> list[Problem]:
    """Publish what can be derived; gives what had to be taken out."""
    writer = Writer(folder)
    try:
        writer.derive_anew()
        settings = read_settings(writer.connection)
        if settings is None:
            raise StorageError("it has no settings")
        chosen = encoder or SentenceEncoder(settings.encoder)
        settings.check(chosen, folder)
        if any(problem.what == "pages" for problem in found):
            # what disagrees with its index may be a path: the next build reads all files again
            writer.connection.execute("DELETE FROM file")
        writer.connection.execute("REINDEX")
        _drop_vectors(writer.connection, found)
        unreadable = {p.article for p in found if p.article and not _readable(writer, p.article)}
        lost = [_take_out(writer, number) for number in sorted(unreadable)]
        _remake_keyword_tables(writer)
        _recut(writer, found, settings.passage_tokens)
        writer.connection.execute(
            "DELETE FROM vector WHERE content NOT IN (SELECT content FROM passage)"
        )
        publish(writer, replace(settings, terms=VERSION), chosen, progress)
        return lost
    except BaseException:
        writer.abandon()
        raise


def _drop_vectors(connection: sqlite3.Connection, found: list[Problem]) -> None:
    """Forget what is no vector, or nobody's; what is missing then is embedded again."""
    contents = [(problem.content,) for problem in found if problem.content]
    connection.executemany("DELETE FROM vector WHERE content = ?", contents)


def _readable(writer: Writer, number: int) -> bool:
    try:
        read_article(writer.connection, number)
    except (sqlite3.Error, StorageError, ValueError, TypeError):
        return False
    return True


def _take_out(writer: Writer, number: int) -> Problem:
    """Remove an article that is no text any more, and passages of none."""
    connection = writer.connection
    # its path may be what is damaged: every file is read again
    connection.execute("DELETE FROM file")
    connection.execute("DELETE FROM passage WHERE article = ?", (number,))
    connection.execute("DELETE FROM article WHERE number = ?", (number,))
    sentence = f"article number {number} could not be read any more and was taken out"
    return Problem("article", sentence)


def _remake_keyword_tables(writer: Writer) -> None:
    """Empty them below FTS5 first, which does not drop what it cannot read."""
    connection = writer.connection
    connection.execute(KEYWORD_TABLE.replace("keyword", "temp.fresh", 1))
    for name in SHADOWS:
        with contextlib.suppress(sqlite3.OperationalError):  # that one is not even there
            connection.execute(f"DELETE FROM main.keyword_{name}")
            connection.execute(f"INSERT INTO main.keyword_{name} SELECT * FROM temp.fresh_{name}")
    connection.execute("DROP TABLE IF EXISTS vocabulary")  # of an earlier version
    connection.execute("DROP TABLE keyword")
    connection.execute(KEYWORD_TABLE)
    writer.remake_keywords()


def _recut(writer: Writer, found: list[Problem], tokens: int) -> None:
    """Cut the articles again of which something is wrong; mark those that are not their seed's."""
    altered = {p.article for p in found if p.what == "article"}
    for number in sorted({p.article for p in found if p.article}):
        if not _readable(writer, number):
            continue
        article, digest = read_article(writer.connection, number)
        if number in altered:
            digest = b""  # of nothing: the next build finds it changed
            writer.set_unread(article.path)
        writer.put(article, digest, passages(article, tokens))


if __name__ == "__main__":
    sys.exit(run(main))
