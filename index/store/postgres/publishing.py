"""What one build changes, moved into the archive's tables inside one transaction.

Readers see none of it until the transaction commits, and wait for nothing: rows are added and
removed, never altered, and no table is locked against reading.
"""

from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import psycopg
from psycopg import sql

from index.store.base.centering import LanguageSums

from .connection import Connection, one, streamed
from .schema import POSTING_TERM
from .setting import read_sums, write_sums
from .staging import COLUMNS

BATCH = 2_000  # vectors read at once
# Every table is by article but that of the postings, which are found by their terms.
REMOVALS = (
    "DELETE FROM posting p USING (SELECT k.article, k.passage, unnest(string_to_array("
    "k.terms || ' ' || k.other, ' ')) AS term FROM keyword k JOIN gone ON number = article) old"
    " WHERE p.term = old.term AND (p.article, p.passage) = (old.article, old.passage)",
    "DELETE FROM keyword t USING gone WHERE t.article = gone.number",
    "DELETE FROM embedding t USING gone WHERE t.article = gone.number",
    "DELETE FROM passage t USING gone WHERE t.article = gone.number",
    "DELETE FROM article t USING gone WHERE t.number = gone.number",
)
ADD_VECTORS = """INSERT INTO embedding (article, passage, content, language, day, value)
    SELECT p.article, p.id, p.content, coalesce(p.language, ''), a.date, v.value
    FROM {new}passage p JOIN {new}article a ON a.number = p.article """
FROM_NEW = "JOIN new_vector v ON v.content = p.content "
# a text that was in the archive before has its vector from there
FROM_OLD = """CROSS JOIN LATERAL (
    SELECT value FROM embedding o WHERE o.content = p.content LIMIT 1) v
    WHERE NOT EXISTS (SELECT FROM new_vector n WHERE n.content = p.content)"""
STAYS = "WHERE NOT EXISTS (SELECT FROM gone g WHERE g.number = p.article)"
LACKS = " AND NOT EXISTS (SELECT FROM embedding o WHERE (o.article, o.passage) = (p.article, p.id))"

DELETE_BAD = "DELETE FROM embedding v USING bad WHERE v.content = bad.content"
# rows that belong to nothing, which no build leaves behind
LOST = (
    "DELETE FROM passage p WHERE NOT EXISTS (SELECT FROM article a WHERE a.number = p.article)",
    "DELETE FROM embedding e WHERE NOT EXISTS ("
    "SELECT FROM passage p WHERE (p.article, p.id) = (e.article, e.passage))",
)


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes of one build, in the temporary tables of its session."""

    connection: Connection
    empty: bool  # nothing was ever published
    first: int  # id of the first new passage
    dropped: bool  # all vectors were made anew
    remade: bool  # all keywords were made anew
    mending: bool  # nothing derived is to be trusted

    def publish_vectors(self, dimension: int) -> LanguageSums:
        """Store the new vectors; return the sums that will be published, and store them."""
        self._run("ANALYZE new_article; ANALYZE new_passage; ANALYZE new_vector; ANALYZE gone")
        sums = None
        if not (self.dropped or self.mending):
            sums = read_sums(self.connection, dimension)
        if sums:
            self._sum(sums, "JOIN gone ON number = article", -1)
        self._run("DELETE FROM embedding" if self.dropped else DELETE_BAD)
        for statement in LOST if self.mending else ():
            self._run(statement)
        if self.dropped or self.mending:
            self._run(ADD_VECTORS.format(new="") + FROM_NEW + STAYS + LACKS)
        self._run(ADD_VECTORS.format(new="new_") + FROM_NEW)
        if not (self.dropped or self.empty):
            self._run(ADD_VECTORS.format(new="new_") + FROM_OLD)
        if sums:
            self._sum(sums, f"WHERE passage >= {int(self.first)}")
        else:
            sums = LanguageSums(dimension)
            self._sum(sums, STAYS.replace("p.article", "article"))
        self._run("ANALYZE embedding")  # or the planner guesses while HNSW indexes are measured
        write_sums(self.connection, sums)
        return sums

    def publish_rows(self, tokens: int) -> int:
        """Store the other rows and remove what is gone.

        `tokens` counts the terms of all passages; the new count is returned.
        """
        if self.remade:
            tokens = 0
            self._run("DELETE FROM posting")
            self._run("DELETE FROM keyword")
            for table in ("keyword", "posting"):
                self._run(f"DELETE FROM new_{table} t USING gone WHERE t.article = gone.number")
        else:
            tokens -= self._count("keyword JOIN gone ON number = article")
        tokens += self._count("new_keyword")
        for statement in REMOVALS:
            self._run(statement)
        for table in ("article", "passage", "keyword", "posting"):
            columns = COLUMNS[f"new_{table}"]
            self._run(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM new_{table}")
        if self.empty:
            self._run(POSTING_TERM)
        return tokens

    def vacuum(self) -> None:
        """After a first build, let questions be answered from the indexes alone.

        Without it that has to wait for autovacuum. To be called after the transaction.
        """
        if self.empty:
            tables = "article, passage, embedding, keyword, posting"
            with suppress(psycopg.Error):  # the archive is published
                self._run(f"VACUUM (ANALYZE, SKIP_LOCKED) {tables}")

    def _sum(self, sums: LanguageSums, condition: str, times: int = 1) -> None:
        """Add the vectors that meet a condition to the sums; `times` = -1 subtracts them."""
        with streamed(self.connection, "vectors", binary=True) as rows:
            rows.execute(sql.SQL(f"SELECT language, value FROM embedding {condition}"))
            while batch := rows.fetchmany(BATCH):
                values = np.array([value.to_numpy() for _, value in batch], np.float32)
                sums.add(values, [code for code, _ in batch], times)

    def _count(self, keywords: str) -> int:
        return int(one(self.connection, f"SELECT coalesce(sum(length), 0) FROM {keywords}")[0])

    def _run(self, statement: str) -> None:
        self.connection.execute(statement)
