"""Reading an index: snapshots in which articles, passages, vectors and keywords agree.

This is all that the question side knows of the disk: no SQLite row and no FAISS object leaves it.
Writing is in `index/store/sqlite/writer.py`.
"""

import datetime
import json
import re
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from index.article import Article, Part
from index.encoder.sentence import Vectors
from index.errors import ArchiveError, StorageError
from index.passage import Passage
from index.store.base.article_page import ArticlePage, ArticleRow, PageRequest
from index.store.base.digest import of_text
from index.store.base.search_filter import SearchFilter
from index.store.sqlite.schema import REPAIR_HINT

from . import faiss_file, fts
from .fts import TermChoice
from .schema import Settings, connect, read_settings, storage_errors
from .vector_search import VectorSearch
from .vector_table import read_languages

NO_FILTER = SearchFilter()
ARTICLE = "id, title, text, date, language, path, url, author, parts, place"


class Store:
    """An index on disk, open for reading; safe to use from several threads at once."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self._loading = threading.Lock()
        self._loaded: tuple[tuple[int, int, str], VectorSearch] | None = None
        with self.snapshot() as snapshot:
            self.settings = snapshot.settings

    @contextmanager
    def snapshot(self) -> Iterator["Snapshot"]:
        """The archive as it is now; builds that end meanwhile are seen by the next snapshot."""
        connection = connect(self.folder)
        try:
            with storage_errors(self.folder):
                connection.execute("BEGIN")
                settings = read_settings(connection)
                if settings is None:
                    raise ArchiveError(
                        f"the index in '{self.folder}' was never finished: build it again"
                    )
                yield Snapshot(self, connection, settings)
        finally:
            connection.close()

    def _dense(self, connection: sqlite3.Connection, settings: Settings) -> VectorSearch:
        with self._loading:
            # when, too: a folder that was built anew counts its generations from 1 again
            wanted = settings.generation, settings.vectors_crc, settings.published
            if self._loaded is None or self._loaded[0] != wanted:
                old = self._loaded[1] if self._loaded else None
                self._loaded = wanted, VectorSearch.load(connection, settings, self.folder, old)
            return self._loaded[1]


class Snapshot:
    """One consistent state of the archive; use it inside `with store.snapshot()` only."""

    def __init__(self, store: Store, connection: sqlite3.Connection, settings: Settings) -> None:
        self._store, self._connection, self.settings = store, connection, settings

    def nearest(
        self, vector: Vectors, k: int, only: SearchFilter = NO_FILTER, neutral: float = 1.0
    ) -> list[tuple[int, float]]:
        """Up to `k` (passage id, score) for a unit vector of shape (dimension,), best first.

        The score is the cosine less what the passage's language has in common, or a share of that,
        0 to 1: neutrality.py.
        """
        languages = read_languages(self._connection, self.settings.dimension)
        among = None
        if only:
            query, values = _among(only)
            found = self._connection.execute(query, values)
            among = np.fromiter((row[0] for row in found), np.int64)
        dense = self._store._dense(self._connection, self.settings)
        return dense.nearest(self._connection, languages, vector, k, among, neutral)

    def spread(self) -> float:
        """How far apart the archive's passages are, as a cosine: neutrality.py."""
        return read_languages(self._connection, self.settings.dimension).spread

    def choose(self, terms: Sequence[str]) -> TermChoice:
        """Which of a question's terms are worth looking up; a phrase has spaces in it."""
        return fts.choose(self._connection, terms, self.count_passages())

    def keywords(
        self, terms: Sequence[str], k: int, only: SearchFilter = NO_FILTER
    ) -> list[tuple[int, float]]:
        """Up to `k` (passage id, BM25 score) of passages with any of `terms`, best first."""
        among, values = _among(only) if only else (None, ())
        return fts.search(self._connection, terms, k, among, values)

    def languages_of(self, ids: Sequence[int]) -> dict[int, str | None]:
        """The language of each of these passages, as far as it is known."""
        rows = self._connection.execute(
            f"SELECT id, language FROM passage WHERE id IN ({','.join(map(str, map(int, ids)))})"
        )
        return dict(rows.fetchall())

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """The passages with these ids; an id that is not in the archive is left out."""
        rows = self._connection.execute(
            'SELECT p.id, a.id, p.start, p."end", substr(a.text, p.start + 1, p."end" - p.start), '
            "p.kind, p.language, p.title, p.content"
            " FROM passage p JOIN article a ON a.number = p.article "
            f"WHERE p.id IN ({','.join(map(str, map(int, ids)))})"
        )
        return {row[0]: _passage(row) for row in rows}

    def article(self, identity: str) -> Article | None:
        rows = self._connection.execute(f"SELECT {ARTICLE} FROM article WHERE id = ?", (identity,))
        row = rows.fetchone()
        return _article(row) if row else None

    def articles(self) -> Iterator[Article]:
        """All articles by id; they are read from disk one at a time."""
        for row in self._connection.execute(f"SELECT {ARTICLE} FROM article ORDER BY id"):
            yield _article(row)

    def all_passages(self) -> Iterator[Passage]:
        """All passages, by their article's id and where they begin; one article's at a time."""
        for number, identity, text in self._connection.execute(
            "SELECT number, id, text FROM article ORDER BY id"
        ):
            for row, start, end, *about, content in self._connection.execute(
                'SELECT id, start, "end", kind, language, title, content FROM passage'
                " WHERE article = ? ORDER BY start",
                (number,),
            ):
                yield _passage((row, identity, start, end, text[start:end], *about, content))

    def count_by(self, what: str) -> dict[str, int]:
        """Articles by "language" or "path", or passages by "kind"; the most first."""
        table = {"language": "article", "path": "article", "kind": "passage"}[what]
        rows = self._connection.execute(
            f"SELECT coalesce({what}, ''), count(*) FROM {table} GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        return dict(rows.fetchall())

    def titles(self, most: int) -> list[tuple[str, str]]:
        """(title or place, id) of the first `most` articles by id, without reading their texts."""
        rows = self._connection.execute(
            "SELECT coalesce(title, place), id FROM article ORDER BY id LIMIT ?", (most,)
        )
        return [(str(title), str(identity)) for title, identity in rows]

    def count_articles(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM article").fetchone()[0])

    def listing(self, wanted: PageRequest) -> ArticlePage:
        """One page of the table of articles, and how many rows the whole table has.

        Texts are not read, so that it is fast however long they are.
        """
        where, values = "", tuple[str, ...]()
        if words := wanted.words:
            pattern = "%{}%".format(re.sub(r"([%_\\])", r"\\\1", words))
            where = (
                " WHERE title LIKE ?1 ESCAPE '\\' OR place LIKE ?1 ESCAPE '\\'"
                " OR id LIKE ?1 ESCAPE '\\' OR date LIKE ?1 ESCAPE '\\'"
            )
            values = (pattern,)
        (total,) = self._connection.execute(
            f"SELECT count(*) FROM article{where}", values
        ).fetchone()
        count = "(SELECT count(*) FROM passage WHERE article = number)"
        column = {"path": "place"}.get(wanted.sort, wanted.sort)
        columns = "number, id, title, date, language, place"
        if column == "passages":  # only then they are counted for more articles than are shown
            columns += f", {count} AS passages"
        order = f"{column} IS NULL, {column} {'DESC' if wanted.descending else 'ASC'}, id"
        rows = self._connection.execute(
            f"SELECT id, title, date, language, place, {count} FROM ("
            f"SELECT {columns} FROM article{where} ORDER BY {order}"
            f" LIMIT {int(wanted.size)} OFFSET {int(wanted.page) * int(wanted.size)})",
            values,
        )
        return ArticlePage(tuple(ArticleRow(*row) for row in rows), int(total))

    def count_undated(self) -> int:
        """How many articles bear no date, and so are in no range of days."""
        rows = self._connection.execute("SELECT count(*) FROM article WHERE date IS NULL")
        return int(rows.fetchone()[0])

    def languages(self) -> list[str]:
        """The languages of its passages, as far as they are known."""
        rows = self._connection.execute("SELECT code FROM language WHERE code != '' ORDER BY code")
        return [str(code) for (code,) in rows]

    def count_passages(self) -> int:
        return faiss_file.count(self._connection, self.settings)


def read_article(connection: sqlite3.Connection, number: int) -> tuple[Article, bytes]:
    """An article by its number, and the digest of what was read from its seed."""
    *row, digest = connection.execute(
        f"SELECT {ARTICLE}, digest FROM article WHERE number = ?", (number,)
    ).fetchone()
    return _article(tuple(row)), digest


def _passage(row: tuple[Any, ...]) -> Passage:
    identity, *values, content = row
    passage = Passage(*values)
    if of_text(passage.text) != content:  # a damaged disk: better no answer than a wrong quotation
        raise StorageError(
            f"passage {identity} of '{passage.article_id}' is not the text that was indexed: "
            f"{REPAIR_HINT}"
        )
    return passage


def _among(only: SearchFilter) -> tuple[str, tuple[str, ...]]:
    """The query for the ids of the passages that are meant, and its values."""
    wanted = {
        "a.date >= ?": only.after.isoformat() if only.after else None,
        "a.date <= ?": only.before.isoformat() if only.before else None,  # no date is in no range
        "p.language || '-' LIKE ? || '-%'": only.language,
        "a.id = ?": only.article,
    }
    conditions = [condition for condition, value in wanted.items() if value is not None]
    query = "SELECT p.id FROM passage p JOIN article a ON a.number = p.article"
    if conditions:
        query += f" WHERE {' AND '.join(conditions)}"
    return query, tuple(value for value in wanted.values() if value is not None)


def _article(row: tuple[str, ...]) -> Article:
    identity, title, text, date, language, path, url, author, parts, place = row
    try:
        day = datetime.date.fromisoformat(date) if date else None
        where = tuple(Part(*part) for part in json.loads(parts))
    except (ValueError, TypeError) as error:
        raise StorageError(
            f"the article '{identity}' is damaged ({error}): {REPAIR_HINT}"
        ) from error
    return Article(
        id=identity,
        title=title,
        text=text,
        date=day,
        language=language,
        path=path,
        url=url,
        author=author,
        parts=where,
        place=place,
    )
