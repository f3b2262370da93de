"""Snapshots of an archive: one read-only transaction in which everything is of one generation."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal

from index.article import Article
from index.passage import Passage
from index.store.base.article_page import ArticlePage, PageRequest
from index.store.base.centering import LanguageMeans, LanguageSums
from index.store.base.protocol import Ids, Scored, VectorIndex, Vectors
from index.store.base.records import Statistics
from index.store.base.search_filter import NO_FILTER, SearchFilter
from index.store.base.settings import Settings
from index.store.base.stored import to_article, to_passage

from .connection import Connection, one, streamed
from .history.queries import VersionQueries
from .rows import COLUMNS, find_article, read_page, read_passages
from .search.keyword_queries import KeywordQueries
from .search.vectors import Query, VectorSearch, vectors_after
from .seen import COUNT_PARTLY_READ
from .setting import Generation, read_means, read_sums


class PostgresSnapshot(VersionQueries, KeywordQueries):
    """One consistent state of the archive; valid inside `with store.snapshot()` only.

    Its methods are documented in `index/store/base/protocol.py`.
    """

    def __init__(self, connection: Connection, generation: Generation) -> None:
        self._connection, self._generation = connection, generation

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
        dimension = self.settings.dimension
        sums = read_sums(self._connection, dimension) or LanguageSums(dimension)
        return Statistics(self.count_passages(), self._generation.state.tokens, sums)

    def nearest(
        self, vector: Vectors, k: int, only: SearchFilter = NO_FILTER,
        neutral: float = 1.0, means: LanguageMeans | None = None,
    ) -> Scored:  # fmt: skip
        """Return up to `k` passages nearest to a unit vector, best first."""
        search = VectorSearch(self._connection, self._generation, means or self._means)
        return search.nearest(Query(vector, k, only, neutral))

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
        for ids, values, codes in vectors_after(self._connection, last):
            yield ids, self._means.score_table(questions, values, codes, neutral)

    def languages_of(self, ids: Sequence[int]) -> dict[int, str | None]:
        """Return the language of each of these passages."""
        rows = self._connection.execute(
            "SELECT id, language FROM passage WHERE id = ANY(%s)", (list(map(int, ids)),)
        )
        return dict(rows.fetchall())

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Return the passages with these ids."""
        rows = self._connection.execute(
            'SELECT p.id, a.id, p.start, p."end", substr(a.text, p.start + 1, p."end" - p.start),'
            " p.kind, p.language, p.title, a.anchors, p.content"
            " FROM passage p JOIN article a ON a.number = p.article WHERE p.id = ANY(%s)",
            (list(map(int, ids)),),
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
        with streamed(self._connection, "articles") as rows:
            rows.itersize = 10  # an article may be 10 MB
            for row in rows.execute(f"SELECT {COLUMNS} FROM article ORDER BY id"):
                yield to_article(row)

    def all_passages(self) -> Iterator[Passage]:
        """Yield all passages by article id and start."""
        return read_passages(self._connection)

    def listing(self, request: PageRequest) -> ArticlePage:
        """Return one page of the table of articles."""
        return read_page(self._connection, request)

    def titles(self, most: int) -> list[tuple[str, str]]:
        """Return (title or place, id) of the first `most` articles by id."""
        return self._connection.execute(
            "SELECT coalesce(title, place), id FROM article ORDER BY id LIMIT %s", (most,)
        ).fetchall()

    def languages(self) -> list[str]:
        """Return the codes of the languages of its passages."""
        return [code for code in self._means.codes if code]

    # counts

    def count_undated(self) -> int:
        """Count the articles without a date."""
        return self._count("SELECT count(*) FROM article WHERE date IS NULL")

    def count_partly_read(self) -> int:
        """Count the articles of which something was skipped when their file was last read."""
        return self._count(COUNT_PARTLY_READ)

    def count_articles(self) -> int:
        """Count the articles."""
        return self._count("SELECT count(*) FROM article")

    def count_passages(self) -> int:
        """Count the passages."""
        return self.settings.passages

    def count_by(self, what: Literal["language", "path", "kind"]) -> dict[str, int]:
        """Count articles by language or path, or passages by kind; largest count first."""
        table = {"language": "article", "path": "article", "kind": "passage"}[what]
        rows = self._connection.execute(
            f"""SELECT coalesce({what}, '') COLLATE "C", count(*) FROM {table}
            GROUP BY 1 ORDER BY 2 DESC, 1"""
        )
        return dict(rows.fetchall())

    def vector_index(self) -> VectorIndex:
        """Describe how this generation's vectors are searched."""
        state = self._generation.state
        if not state.indexes:
            return VectorIndex("exact", 1.0)
        form = (
            f"HNSW for {', '.join(sorted(state.indexes))}, ef_search {state.ef_search}, measured "
            f"with {state.measured} passages; other languages exact"
        )
        return VectorIndex(form, state.recall)

    def _count(self, query: str) -> int:
        return int(one(self._connection, query)[0])
