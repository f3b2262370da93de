"""Rebuild, from the stored articles, everything that is derived from them.

Passages, keywords, vectors and the FAISS file follow from the articles' texts. A damaged article
cannot be rebuilt from anything here: it is marked, so that the next build reads its seed again.
"""

import contextlib
import sqlite3
from dataclasses import replace
from pathlib import Path

from index.encoder.sentence import Encoder, SentenceEncoder
from index.errors import NoIndexError, StorageError, first_line
from index.passage import passages
from index.store.base.embedding import publish
from index.store.base.protocol import Problem, Repaired
from index.store.sqlite.connection import FILE, exclusively, storage_errors
from index.store.sqlite.generation import read_generation
from index.store.sqlite.rows import read_article
from index.store.sqlite.schema import KEYWORD_TABLE
from index.store.sqlite.writer import SqliteWriter
from index.text.terms import VERSION

from .check import problems
from .keywords import SHADOWS
from .versions import drop_wrong_versions


def repair(folder: Path, encoder: Encoder | None, progress: bool) -> Repaired:
    """Repair the index in a folder; return what was wrong before and what still is.

    Repairs are atomic; readers see the old index until they commit. `encoder` is needed only for
    an index built with one that has no name; a named one is loaded when a vector must be made.

    Raises:
        ArchiveError: There is no index, or another build is under way.
    """
    if not (folder / FILE).is_file():
        raise NoIndexError(f"there is no index in '{folder}'")
    with storage_errors(folder), exclusively(folder):
        found = problems(folder)
        if not found:
            return Repaired([], [])
        try:
            lost = _Repair(folder, found).run(encoder, progress)
        except (sqlite3.DatabaseError, StorageError, ValueError, TypeError) as error:
            sentence = f"the index is too damaged to be mended ({first_line(error)})"
            return Repaired(found, [*problems(folder), Problem("pages", sentence)])
        return Repaired(found, [*problems(folder), *lost])


class _Repair:
    """One repair inside a writer's transaction."""

    def __init__(self, folder: Path, found: list[Problem]) -> None:
        self._folder, self._found = folder, found
        self._writer = SqliteWriter(folder)
        self._connection = self._writer.connection

    def run(self, encoder: Encoder | None, progress: bool) -> list[Problem]:
        """Publish what can be derived; return what had to be removed."""
        try:
            return self._run(encoder, progress)
        except BaseException:
            self._writer.close()
            raise

    def _run(self, encoder: Encoder | None, progress: bool) -> list[Problem]:
        writer, connection = self._writer, self._connection
        writer.distrust_derived()
        generation = read_generation(connection)
        if generation is None:
            raise StorageError("it has no settings")
        settings = generation.settings
        chosen = encoder or SentenceEncoder(settings.encoder)
        settings.require_encoder(chosen, str(self._folder))
        if any(problem.what == "pages" for problem in self._found):
            # what disagrees with its index may be a path: the next build reads all files again
            writer.set_all_unread()
        connection.execute("REINDEX")
        self._drop_vectors()
        unreadable = {p.article for p in self._found if p.article and not self._readable(p.article)}
        drop_wrong_versions(connection)
        lost = [self._remove(number) for number in sorted(unreadable)]
        self._remake_keyword_tables()
        self._cut_again(settings.passage_tokens)
        connection.execute("DELETE FROM vector WHERE content NOT IN (SELECT content FROM passage)")
        publish(writer, replace(settings, terms=VERSION), chosen, progress)
        return lost

    def _drop_vectors(self) -> None:
        """Delete vectors that are broken or belong to no passage; missing ones are embedded."""
        contents = [(problem.content,) for problem in self._found if problem.content]
        self._connection.executemany("DELETE FROM vector WHERE content = ?", contents)

    def _readable(self, number: int) -> bool:
        try:
            read_article(self._connection, number)
        except (sqlite3.Error, StorageError, ValueError, TypeError):
            return False
        return True

    def _remove(self, number: int) -> Problem:
        """Remove an unreadable article, and passages that belong to none."""
        # its path may be what is damaged: every file is read again
        self._writer.set_all_unread()
        self._connection.execute("DELETE FROM passage WHERE article = ?", (number,))
        self._connection.execute("DELETE FROM article WHERE number = ?", (number,))
        sentence = f"article number {number} could not be read any more and was taken out"
        return Problem("article", sentence)

    def _remake_keyword_tables(self) -> None:
        """Empty FTS5's own tables first, as FTS5 does not drop what it cannot read."""
        connection = self._connection
        connection.execute(KEYWORD_TABLE.replace("keyword", "temp.fresh", 1))
        for name in SHADOWS:
            with contextlib.suppress(sqlite3.OperationalError):  # the table is missing
                connection.execute(f"DELETE FROM main.keyword_{name}")
                connection.execute(
                    f"INSERT INTO main.keyword_{name} SELECT * FROM temp.fresh_{name}"
                )
        connection.execute("DROP TABLE IF EXISTS vocabulary")  # of an earlier version
        connection.execute("DROP TABLE keyword")
        connection.execute(KEYWORD_TABLE)
        self._writer.remake_keywords()

    def _cut_again(self, tokens: int) -> None:
        """Cut damaged articles into passages again; mark those that differ from their seeds."""
        altered = {p.article for p in self._found if p.what == "article"}
        for number in sorted({p.article for p in self._found if p.article}):
            if not self._readable(number):
                continue
            article, digest = read_article(self._connection, number)
            if number in altered:
                digest = b""  # equals no digest: the next build finds the article changed
                self._writer.set_unread(article.path)
            self._writer.put(article, digest, passages(article, tokens))
