"""Snapshots of an index: one read transaction in which everything belongs to one generation."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Literal

import numpy as np

from index.article import Article
from index.errors import ArchiveError
from index.passage import Passage
from index.store.base.article_page import ArticlePage, PageRequest
from index.store.base.centering import LanguageMeans, LanguageSums
from index.store.base.protocol import Ids, Scored, VectorIndex, Vectors
from index.store.base.records import Statistics
from index.store.base.search_filter import NO_FILTER, SearchFilter
from index.store.base.settings import Settings
from index.store.base.stored import to_article, to_passage

from . import fts
from .fts import KeywordQueries
from .generation import Generation, count_passages
from .history.queries import VersionQueries
from .rows import columns, find_article, matching, numbers, read_page, read_passages
from .schema import column_of_anchors, schema_version
from .seen import COUNT_PARTLY_READ
from .vector_search import Query, VectorSearch
from .vector_table import read_means, read_sums, vector_batches

NO_STATISTICS = "an earlier version made it: build it again, to ask it together with other archives"
# Gives the vectors of a generation, loading them if they are not the ones in use already.
Load = Callable[[sqlite3.Connection, Generation, LanguageMeans], VectorSearch]


class SqliteSnapshot(VersionQueries, KeywordQueries):
    """One consistent state of the archive; valid inside `with store.snapshot()` only.

    Its methods are documented in `index/store/base/protocol.py`.
    """

    def __init__(self, connection: sqlite3.Connection, generation: Generation, load: Load) -> None:
        self._connection, self._generation, self._load = connection, generation, load

    @property
    def settings(self) -> Settings:
        """How the index was made."""
        return self._generation.settings

    # retrieval

    @cached_property
    def _means(self) -> LanguageMeans:
        return read_means(self._connection, self.settings.dimension)

    def statistics(self) -> Statistics:
        """Return what the scores depend on beside the passages."""
        sums = read_sums(self._connection, self.settings.dimension)
        if sums is None and self.count_passages():
            raise ArchiveError(NO_STATISTICS)
        _, tokens = fts.totals(self._connection)
        return Statistics(
            self.count_passages(), tokens, sums or LanguageSums(self.settings.dimension)
        )

    def nearest(
        self, vector: Vectors, k: int, only: SearchFilter = NO_FILTER,
        neutral: float = 1.0, means: LanguageMeans | None = None,
    ) -> Scored:  # fmt: skip
        """Return up to `k` passages nearest to a unit vector, best first."""
        among = None
        if only:
            query, values = matching(only)
            ids = self._connection.execute(query, values)
            among = np.fromiter((row[0] for row in ids), np.int64)
        search = self._load(self._connection, self._generation, self._means)
        # the columns of an exact index are the archive's own languages
        means = means.of_languages(self._means.codes) if means else self._means
        return search.nearest(self._connection, Query(vector, means, neutral, among), k)

    def spread(self) -> float:
        """Return the archive's cosine spread."""
        return self._means.spread

    def last_passage(self) -> int:
        """Return the highest id of a passage."""
        return self._count("SELECT coalesce(max(id), 0) FROM passage")

    def scored_after(
        self, last: int, questions: Vectors, neutral: Vectors
    ) -> Iterator[tuple[Ids, Vectors]]:
        """Yield the passages with ids above `last`, with a score for each question."""
        for ids, values, codes in vector_batches(self._connection, self.settings.dimension, last):
            yield ids, self._means.score_table(questions, values, codes, neutral)

    def languages_of(self, ids: Sequence[int]) -> dict[int, str | None]:
        """Return the language of each of these passages."""
        query = f"SELECT id, language FROM passage WHERE id IN ({numbers(ids)})"
        return dict(self._connection.execute(query).fetchall())

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Return the passages with these ids."""
        rows = self._connection.execute(
            'SELECT p.id, a.id, p.start, p."end", substr(a.text, p.start + 1, p."end" - p.start), '
            f"p.kind, p.language, p.title, {column_of_anchors(self._connection)}, p.content"
            " FROM passage p JOIN article a ON a.number = p.article "
            f"WHERE p.id IN ({numbers(ids)})"
        )
        return {row[0]: to_passage(row) for row in rows}

    # articles

    def article(self, identity: str) -> Article | None:
        """Return the article with this id, or None."""
        return find_article(self._connection, "id", identity)

    def article_with_text(self, digest: bytes) -> Article | None:
        """Return the first article by id whose text has this digest, or None."""
        return find_article(self._connection, "text_digest", digest)

    def articles(self) -> Iterator[Article]:
        """Yield all articles by id, reading one at a time."""
        shown = columns(self._connection)
        for row in self._connection.execute(f"SELECT {shown} FROM article ORDER BY id"):
            yield to_article(row)

    def all_passages(self) -> Iterator[Passage]:
        """Yield all passages by article id and start."""
        return read_passages(self._connection)

    def listing(self, request: PageRequest) -> ArticlePage:
        """Return one page of the table of articles."""
        return read_page(self._connection, request)

    def titles(self, most: int) -> list[tuple[str, str]]:
        """Return (title or place, id) of the first `most` articles by id."""
        rows = self._connection.execute(
            "SELECT coalesce(title, place), id FROM article ORDER BY id LIMIT ?", (most,)
        )
        return [(str(title), str(identity)) for title, identity in rows]

    def languages(self) -> list[str]:
        """Return the codes of the languages of its passages."""
        rows = self._connection.execute("SELECT code FROM language WHERE code != '' ORDER BY code")
        return [str(code) for (code,) in rows]

    # counts

    def count_undated(self) -> int:
        """Count the articles without a date."""
        return self._count("SELECT count(*) FROM article WHERE date IS NULL")

    def count_partly_read(self) -> int:
        """Count the articles of which something was skipped when their file was last read."""
        if schema_version(self._connection) < 3:  # it did not record what was skipped
            return 0
        return self._count(COUNT_PARTLY_READ)

    def count_articles(self) -> int:
        """Count the articles."""
        return self._count("SELECT count(*) FROM article")

    def count_passages(self) -> int:
        """Count the passages."""
        return count_passages(self._connection, self.settings)

    def count_by(self, what: Literal["language", "path", "kind"]) -> dict[str, int]:
        """Count articles by language or path, or passages by kind; largest count first."""
        table = {"language": "article", "path": "article", "kind": "passage"}[what]
        rows = self._connection.execute(
            f"SELECT coalesce({what}, ''), count(*) FROM {table} GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        return dict(rows.fetchall())

    def vector_index(self) -> VectorIndex:
        """Describe how this generation's vectors are searched."""
        faiss = self._generation.faiss
        if faiss.exact:
            return VectorIndex("exact", faiss.recall)
        learned = (
            f"codes learned from {faiss.trained} passages, there are {self.count_passages()} now"
        )
        form = f"4-bit codes, the best {faiss.depth} compared exactly; {learned}"
        return VectorIndex(form, faiss.recall)

    def _count(self, query: str) -> int:
        return int(self._connection.execute(query).fetchone()[0])
