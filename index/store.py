"""Reading an index: snapshots in which articles, passages, vectors and keywords agree.

This is all that the question side knows of the disk: no SQLite row and no FAISS object leaves it.
Writing is in `index/writer.py`.
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

import faiss
import numpy as np

from . import vectors
from .article import Article, Part
from .database import MEND, Settings, connect, read_settings, storage_errors
from .digest import of_text
from .encoder import Vectors
from .errors import ArchiveError, StorageError
from .listing import Listed, Listing, Wanted
from .narrowing import Narrowing
from .neutrality import Languages
from .passage import Passage

# a term in over this share of the passages does not help to find one, unless it is in few at all
COMMON, RARE = 0.1, 3
PART = 10_000  # vectors read from the database at once
ALL = Narrowing()
ARTICLE = "id, title, text, date, language, path, url, author, parts, place"


class Store:
    """An index on disk, open for reading; safe to use from several threads at once."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self._loading = threading.Lock()
        self._loaded: tuple[tuple[int, int], faiss.Index] | None = None
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

    def _vectors(self, snapshot: "Snapshot") -> faiss.Index:
        with self._loading:
            # the checksum too: a folder that was built anew counts its generations from 1 again
            wanted = snapshot.settings.generation, snapshot.settings.vectors_crc
            if self._loaded is None or self._loaded[0] != wanted:
                self._loaded = wanted, snapshot.load_vectors(self.folder)
            return self._loaded[1]


class Snapshot:
    """One consistent state of the archive; use it inside `with store.snapshot()` only."""

    def __init__(self, store: Store, connection: sqlite3.Connection, settings: Settings) -> None:
        self._store, self._connection, self.settings = store, connection, settings

    def nearest(self, vector: Vectors, k: int, only: Narrowing = ALL) -> list[tuple[int, float]]:
        """Up to `k` (passage id, score) for a unit vector of shape (dimension,), best first.

        The score is the cosine less what the passage's language has in common: neutrality.py.
        """
        widened = read_languages(self._connection, self.settings.dimension).question(vector)
        among = None
        if only:
            query, values = _among(only)
            found = self._connection.execute(query, values)
            among = np.fromiter((row[0] for row in found), np.int64)
        return vectors.nearest(self._store._vectors(self), widened, k, among)

    def keywords(
        self, terms: Sequence[str], k: int, only: Narrowing = ALL
    ) -> list[tuple[int, float]]:
        """Up to `k` (passage id, BM25 score) of passages with any of `terms`, best first.

        Terms that stand in too many passages of the archive to tell them apart are left out.
        """
        most = max(RARE, COMMON * self.count_passages())
        quoted = ['"{}"'.format(t.replace('"', '""')) for t in terms if 0 < self._uses(t) <= most]
        if not quoted:
            return []
        query = " OR ".join(quoted)
        # FTS5 gives BM25 negated, so that the best comes first; the id makes ties repeatable
        among, values = _among(only)
        rows = self._connection.execute(
            "SELECT rowid, -rank FROM keyword WHERE keyword MATCH ?"
            f"{f' AND rowid IN ({among})' if only else ''} ORDER BY rank, rowid LIMIT ?",
            (query, *(values if only else ()), k),
        )
        return [(int(passage), float(score)) for passage, score in rows]

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """The passages with these ids; an id that is not in the archive is left out."""
        rows = self._connection.execute(
            'SELECT p.id, a.id, p.start, p."end", substr(a.text, p.start + 1, p."end" - p.start), '
            "p.kind, p.language, p.title, p.content"
            " FROM passage p JOIN article a ON a.number = p.article "
            f"WHERE p.id IN ({','.join(map(str, map(int, ids)))})"
        )
        return {row[0]: _passage(row) for row in rows}

    def _uses(self, term: str) -> int:
        """In how many passages a term stands."""
        row = self._connection.execute(
            "SELECT doc FROM vocabulary WHERE term = ?", (term,)
        ).fetchone()
        return int(row[0]) if row else 0

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

    def listing(self, wanted: Wanted) -> Listing:
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
        return Listing(tuple(Listed(*row) for row in rows), int(total))

    def count_undated(self) -> int:
        """How many articles bear no date, and so are in no range of days."""
        rows = self._connection.execute("SELECT count(*) FROM article WHERE date IS NULL")
        return int(rows.fetchone()[0])

    def languages(self) -> list[str]:
        """The languages of its passages, as far as they are known."""
        rows = self._connection.execute("SELECT code FROM language WHERE code != '' ORDER BY code")
        return [str(code) for (code,) in rows]

    def count_passages(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM passage").fetchone()[0])

    def load_vectors(self, folder: Path) -> faiss.Index:
        """The FAISS index of this generation: its file if it is sound, else made again."""
        settings, count = self.settings, self.count_passages()
        file = folder / settings.vectors_file
        languages = read_languages(self._connection, settings.dimension)
        width = settings.dimension + len(languages.codes)
        index = vectors.read(file, settings.vectors_crc, count, width)
        return index or make_index(self._connection, languages)


def read_languages(connection: sqlite3.Connection, dimension: int) -> Languages:
    """The languages of the archive with their means, as the last build found them."""
    rows = connection.execute("SELECT code, mean FROM language ORDER BY code").fetchall()
    means = np.frombuffer(b"".join(mean for _, mean in rows), "<f4").reshape(-1, dimension)
    return Languages(tuple(code for code, _ in rows), means)


def make_index(connection: sqlite3.Connection, languages: Languages) -> faiss.Index:
    """The FAISS index of what SQLite holds."""
    dimension = languages.means.shape[1]
    index = vectors.make(dimension + len(languages.codes))
    for ids, values, codes in stored_vectors(connection, dimension):
        index.add_with_ids(languages.widen(values, codes), ids)
    return index


def stored_vectors(
    connection: sqlite3.Connection, dimension: int
) -> Iterator[tuple[vectors.Ids, vectors.Vectors, list[str]]]:
    """All passages' ids, (n,), vectors, (n, dimension), and languages ("": not known), in parts.

    In parts, because a large archive's vectors are there twice or more while they are copied.
    """
    rows = connection.execute(
        "SELECT p.id, v.value, coalesce(p.language, '')"
        " FROM passage p JOIN vector v USING (content) ORDER BY p.id"
    )
    while part := rows.fetchmany(PART):
        ids, values, codes = zip(*part, strict=True)
        found = np.frombuffer(b"".join(values), "<f4").reshape(-1, dimension)
        yield np.array(ids, np.int64), found, list(codes)


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
            f"passage {identity} of '{passage.article_id}' is not the text that was indexed: {MEND}"
        )
    return passage


def _among(only: Narrowing) -> tuple[str, tuple[str, ...]]:
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
        raise StorageError(f"the article '{identity}' is damaged ({error}): {MEND}") from error
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
