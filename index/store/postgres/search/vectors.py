"""Vector search: exact where few passages are left, else by the HNSW index of each language.

Centering subtracts the same from all passages of a language, so within a language the order is that
of the plain inner product, whatever share is subtracted: an index for each large language returns
its best, which are scored exactly and merged. Small languages are compared one by one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from psycopg import sql

from index.errors import StorageError
from index.store.base.centering import LanguageMeans
from index.store.base.protocol import REPAIR_HINT, Ids, Scored, Vectors
from index.store.base.search_filter import SearchFilter
from index.store.postgres.connection import Connection, one, streamed
from index.store.postgres.setting import Generation

FEW = 10_000  # passages that a filter may leave to be compared one by one
MORE = 1.2  # half-precision candidates for each requested passage, to be scored exactly
# What an iterative scan may read until enough passages match a filter
TUPLES, MEMORY = 400_000, 4
BATCH = 1_000  # vectors read at once

EXACT = sql.SQL("""SELECT passage, -(value <#> %(question)s) - o.offset AS score
    FROM embedding JOIN unnest(%(codes)s::text[], %(offsets)s::float8[]) AS o (language, "offset")
    USING (language) WHERE {condition} ORDER BY score DESC, passage LIMIT %(k)s""")
# An index serves only a bare ORDER BY of its own expression under its own condition.
NEAREST = sql.SQL("""SELECT passage, -(value <#> %(question)s) - {offset} AS score FROM (
    SELECT passage, value FROM embedding WHERE {language} AND {condition}
    ORDER BY {expression} <#> %(question)s::halfvec LIMIT %(depth)s) {alias}""")
MERGED = sql.SQL("""WITH candidates AS MATERIALIZED ({branches})
    SELECT passage, score FROM candidates ORDER BY score DESC, passage LIMIT %(k)s""")


@dataclass(frozen=True, slots=True)
class Query:
    """A question's vector, (dimension,), and how many passages of which kind to return."""

    vector: Vectors
    k: int
    only: SearchFilter
    neutral: float = 1.0  # share of each language's mean that is subtracted


def expression(dimension: int) -> sql.SQL:
    """Return what an HNSW index of vectors of this dimension holds."""
    return sql.SQL(f"(value::halfvec({int(dimension)}))")


def of_language(code: str, dimension: int) -> sql.Composed:
    """Return the condition under which a row is in the index of a language.

    The dimension is part of it: until an index of an earlier encoder is dropped, it stays as it is.
    """
    return sql.SQL("language = {} AND vector_dims(value) = {}").format(
        sql.Literal(code), sql.Literal(dimension)
    )


class VectorSearch:
    """The vectors of one generation, in an open transaction."""

    def __init__(
        self, connection: Connection, generation: Generation, means: LanguageMeans
    ) -> None:
        self._connection, self._generation, self._means = connection, generation, means

    def nearest(self, query: Query) -> Scored:
        """Return up to `k` passages, best first, with the scores of their exact vectors."""
        condition, values = matching(query.only)
        offsets = self._offsets(query)
        values |= {"question": query.vector.astype(np.float32), "k": query.k}
        indexed = [code for code in offsets if code in self._generation.state.indexes]
        if not indexed or self._few(query.only, condition, values):
            return self._exact(condition, values, offsets)
        values["depth"] = depth = int(MORE * query.k) + 1
        search_by(self._connection, max(depth, self._generation.state.ef_search))
        return self._by_index(condition, values, offsets, indexed)

    def _offsets(self, query: Query) -> dict[str, float]:
        """Return what the passages of each language lose, for those that the filter can match."""
        lost = query.neutral * (self._means.means @ query.vector)
        wanted = query.only.language
        return {
            code: float(offset)
            for code, offset in zip(self._means.codes, lost, strict=True)
            if wanted is None or f"{code}-".startswith(f"{wanted}-")
        }

    def _few(self, only: SearchFilter, condition: str, values: Mapping[str, object]) -> bool:
        if only.article is None and only.among is None and not only.dated:
            return False
        some = f"SELECT FROM embedding WHERE {condition} LIMIT %(few)s"
        query = f"SELECT count(*) FROM ({some}) AS counted"
        (count,) = one(self._connection, query, {**values, "few": FEW + 1})
        return bool(count <= FEW)

    def _exact(
        self, condition: str, values: Mapping[str, object], offsets: Mapping[str, float]
    ) -> Scored:
        rows = self._connection.execute(
            EXACT.format(condition=sql.SQL(condition)),
            {**values, "codes": list(offsets), "offsets": list(offsets.values())},
        ).fetchall()
        return _scored(rows)

    def _by_index(
        self,
        condition: str,
        values: Mapping[str, object],
        offsets: Mapping[str, float],
        indexed: list[str],
    ) -> Scored:
        dimension = self._generation.settings.dimension
        branches = [
            NEAREST.format(
                offset=sql.Literal(offsets[code]),
                language=of_language(code, dimension),
                condition=sql.SQL(condition),
                expression=expression(dimension),
                alias=sql.Identifier(f"of_{number}"),
            )
            for number, code in enumerate(indexed)
        ]
        rest = {code: offset for code, offset in offsets.items() if code not in indexed}
        if rest:
            among = f"language = ANY(%(codes)s) AND {condition}"
            branches.append(sql.SQL("({})").format(EXACT.format(condition=sql.SQL(among))))
        rows = self._connection.execute(
            MERGED.format(branches=sql.SQL(" UNION ALL ").join(branches)),
            {**values, "codes": list(rest), "offsets": list(rest.values())},
        ).fetchall()
        return _scored(rows)


def vectors_after(connection: Connection, last: int) -> Iterator[tuple[Ids, Vectors, list[str]]]:
    """Yield the ids above `last`, in order, with their vectors and languages, in batches."""
    with streamed(connection, "later", binary=True) as rows:
        rows.execute(
            "SELECT passage, value, language FROM embedding WHERE passage > %s ORDER BY passage",
            (last,),
        )
        while batch := rows.fetchmany(BATCH):
            values = np.array([value.to_numpy() for _, value, _ in batch], np.float32)
            ids = np.array([passage for passage, _, _ in batch], np.int64)
            yield ids, values, [code for _, _, code in batch]


def matching(only: SearchFilter) -> tuple[str, dict[str, object]]:
    """Return a condition that holds for the passages that match, and its parameters."""
    conditions = {
        "day >= %(after)s": only.after.isoformat() if only.after else None,
        "day <= %(before)s": only.before.isoformat() if only.before else None,
        "starts_with(language || '-', %(language)s || '-')": only.language,
        "article IN (SELECT number FROM article WHERE id = %(article)s)": only.article,
        "article IN (SELECT number FROM article WHERE id = ANY(%(among)s))": None
        if only.among is None
        else sorted(only.among),
    }
    given = {condition: value for condition, value in conditions.items() if value is not None}
    names = (condition.partition("%(")[2].partition(")s")[0] for condition in given)
    return " AND ".join(given) or "true", dict(zip(names, given.values(), strict=True))


def search_by(connection: Connection, ef_search: int) -> None:
    """Set how this transaction searches HNSW indexes.

    By SET LOCAL, which Citus can pass on to the servers of the shards, unlike `set_config`.
    """
    connection.execute(
        sql.SQL(
            "SET LOCAL hnsw.ef_search = {}; SET LOCAL hnsw.iterative_scan = 'relaxed_order';"
            "SET LOCAL hnsw.max_scan_tuples = {}; SET LOCAL hnsw.scan_mem_multiplier = {}"
        ).format(*map(sql.Literal, (min(1000, ef_search), TUPLES, MEMORY)))
    )


def _scored(rows: list[tuple[int, float]]) -> Scored:
    if any(np.isnan(score) for _, score in rows):
        raise StorageError(f"a vector of the index is damaged: {REPAIR_HINT}")
    return [(int(passage), float(score)) for passage, score in rows]
