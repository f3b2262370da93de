"""What a build adds and removes, kept in temporary tables of its session until it is published.

Nothing of it is logged, seen by others, or left behind when the session ends. There is no long
transaction: embedding may take hours, and dead rows could not be removed meanwhile.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from index.article import Article
from index.passage import Passage
from index.store.base.digest import of_text
from index.store.base.keywords import terms_of_passage
from index.store.base.protocol import StoredArticle, Vectors
from index.store.base.stored import ARTICLE, article_values, source_digest

from .connection import Connection, one
from .setting import State

CHARACTERS = 4_000_000  # of texts that are sent at once
OTHER = 0.5  # BM25 counts an other spelling as half an exact term
TABLES = """
CREATE TEMP TABLE new_article (LIKE article INCLUDING INDEXES);
CREATE TEMP TABLE new_passage (LIKE passage INCLUDING INDEXES);
CREATE TEMP TABLE new_keyword (LIKE keyword);
CREATE TEMP TABLE new_posting (LIKE posting);
CREATE TEMP TABLE new_vector (content bytea NOT NULL, value vector NOT NULL);
CREATE INDEX ON new_vector (content);
CREATE TEMP TABLE bad (content bytea NOT NULL);  -- vectors that are not to be trusted
CREATE TEMP TABLE new_place (number bigint PRIMARY KEY, place text NOT NULL);
CREATE TEMP TABLE gone (number bigint PRIMARY KEY);  -- published articles that will be removed
CREATE TEMP TABLE seen (number bigint PRIMARY KEY);  -- published articles that the build has met
-- what the build reads: what is published and not gone, and what it has added
CREATE TEMP VIEW now_article AS
    SELECT * FROM article a WHERE NOT EXISTS (SELECT FROM gone g WHERE g.number = a.number)
    UNION ALL SELECT * FROM new_article;
CREATE TEMP VIEW now_passage AS
    SELECT * FROM passage p WHERE NOT EXISTS (SELECT FROM gone g WHERE g.number = p.article)
    UNION ALL SELECT * FROM new_passage;
"""
COLUMNS = {
    "new_article": f"number, {ARTICLE}, anchors, digest, text_digest, source_digest",
    "new_passage": 'article, id, start, "end", kind, language, title, content',
    "new_keyword": "article, passage, length, terms, other",
    "new_posting": "term, article, passage, frequency, length",
    "new_vector": "content, value",
    "bad": "content",
}
TYPES = {
    "new_posting": ("text", "int8", "int8", "float4", "int4"),
    "new_vector": ("bytea", "vector"),
}
Rows = dict[str, list[tuple[Any, ...]]]


class Staging:
    """Articles with their passages and keywords as one build changes them."""

    _connection: Connection
    touched: bool

    def _open_staging(self, state: State) -> None:
        self._connection.execute(TABLES)
        self._published = state.articles  # the highest number before this build
        self._articles, self._last = state.articles, state.last  # given so far
        self._rows: Rows = {name: [] for name in COLUMNS}
        self._buffered: dict[str, StoredArticle] = {}  # rows not yet sent
        self._absent: str | None = None  # the id that was just looked for in vain
        self._characters = 0
        self._remade = False

    def put(self, article: Article, digest: bytes, passages: Iterator[Passage]) -> None:
        """Add an article with its passages and keywords, or replace the one with its id."""
        self.remove(article.id)
        self._articles += 1
        number = self._articles
        values = article_values(article)
        digests = digest, of_text(article.text), source_digest(article)
        self._rows["new_article"].append((number, *values, *digests))
        for p in passages:
            self._last += 1
            self._rows["new_passage"].append(
                (number, self._last, p.start, p.end, p.kind, p.language, p.title, of_text(p.text))
            )
            terms = terms_of_passage(p.text, p.kind, p.title, article.title)
            self._add_keywords(number, self._last, *terms)
        self._buffered[article.id] = StoredArticle(
            article.path, article.place, *digests, article.date, seen=True, fresh=True
        )
        self._absent = None
        self._characters += len(article.text)
        self.touched = True
        if self._characters > CHARACTERS:
            self.flush()

    def _add_keywords(self, number: int, passage: int, exact: str, other: str) -> None:
        frequencies: dict[str, float] = defaultdict(float)
        words, spellings = exact.split(), other.split()
        for terms, weight in ((words, 1.0), (spellings, OTHER)):
            for term in terms:
                frequencies[term] += weight
        length = len(words) + len(spellings)
        self._rows["new_keyword"].append((number, passage, length, exact, other))
        self._rows["new_posting"] += [
            (term, number, passage, frequency, length) for term, frequency in frequencies.items()
        ]

    def flush(self) -> None:
        """Send what is still in memory to the session's tables."""
        for name, rows in self._rows.items():
            if rows:
                self._copy(name, rows)
                rows.clear()
        self._buffered.clear()
        self._characters = 0

    def _copy(self, name: str, rows: Sequence[tuple[Any, ...]]) -> None:
        binary = " (FORMAT BINARY)" if name in TYPES else ""
        statement = f"COPY {name} ({COLUMNS[name]}) FROM STDIN{binary}"
        with self._connection.cursor().copy(statement) as copy:
            if name in TYPES:
                copy.set_types(TYPES[name])
            for row in rows:
                copy.write_row(row)

    def remove(self, identity: str) -> None:
        """Remove an article with its passages and keywords; does nothing if there is none."""
        if identity in self._buffered:
            self.flush()
        elif identity == self._absent:
            return
        rows = self._connection.execute(
            "SELECT number FROM now_article WHERE id = %s", (identity,)
        ).fetchall()
        for (number,) in rows:
            self.touched = True
            if number <= self._published:
                self._connection.execute("INSERT INTO gone VALUES (%s)", (number,))
                continue
            for name in ("passage", "keyword", "posting"):
                self._connection.execute(f"DELETE FROM new_{name} WHERE article = %s", (number,))
            self._connection.execute("DELETE FROM new_article WHERE number = %s", (number,))

    def remake_keywords(self) -> None:
        """Make the keywords of all passages again by today's term rules."""
        self.flush()
        self._connection.execute("DELETE FROM new_keyword; DELETE FROM new_posting")
        for (number,) in self._connection.execute("SELECT number FROM now_article").fetchall():
            title, text = one(
                self._connection, "SELECT title, text FROM now_article WHERE number = %s", (number,)
            )
            for passage, start, end, kind, own in self._connection.execute(
                'SELECT id, start, "end", kind, title FROM now_passage WHERE article = %s',
                (number,),
            ):
                terms = terms_of_passage(text[start:end], kind, own, title)
                self._add_keywords(number, passage, *terms)
            self._characters += len(text)
            if self._characters > CHARACTERS:
                self.flush()
        self.flush()
        self.touched = self._remade = True

    def count_articles(self) -> int:
        """Count the articles as they will be published."""
        self.flush()
        return int(one(self._connection, "SELECT count(*) FROM now_article")[0])

    def count_passages(self) -> int:
        """Count the passages as they will be published."""
        self.flush()
        return int(one(self._connection, "SELECT count(*) FROM now_passage")[0])

    def texts(self, passages: Sequence[int]) -> list[str]:
        """Return the texts of these passages, in the given order; reads each article once."""
        self.flush()
        spans = {
            row[0]: row[1:]
            for row in self._connection.execute(
                'SELECT id, article, start, "end" FROM now_passage WHERE id = ANY(%s)',
                (list(passages),),
            )
        }
        numbers = list({number for number, _, _ in spans.values()})
        articles = dict(
            self._connection.execute(
                "SELECT number, text FROM now_article WHERE number = ANY(%s)", (numbers,)
            ).fetchall()
        )
        return [articles[number][a:b] for number, a, b in map(spans.__getitem__, passages)]

    def add_vectors(self, contents: Sequence[bytes], values: Vectors) -> None:
        """Store vectors, float32 of shape (len(contents), dimension)."""
        self._connection.execute(
            "DELETE FROM new_vector WHERE content = ANY(%s)", (list(contents),)
        )
        self._copy("new_vector", list(zip(contents, values, strict=True)))
