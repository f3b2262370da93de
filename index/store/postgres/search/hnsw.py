"""The HNSW indexes: made for each large language, and how hard they are searched.

`ef_search` is raised until the index finds 98 of 100 of the ten nearest passages. Vectors are never
updated: a row is written once, and deleted with its article.
"""

from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
from psycopg import errors, sql

from index.store.base.centering import LanguageMeans, LanguageSums
from index.store.base.protocol import Vectors
from index.store.base.search_filter import NO_FILTER
from index.store.base.settings import Settings
from index.store.postgres.connection import Connection, one
from index.store.postgres.setting import Generation, State

from .vectors import Query, VectorSearch, expression, of_language

M, EF_CONSTRUCTION = 16, 64  # pgvector's own defaults
EF_SEARCH = (40, 60, 80, 120, 160, 240, 320, 480, 640, 1000)  # 1000 is pgvector's limit
RECALL = 0.98  # recall@10 that the indexes must reach
QUESTIONS, BEST = 50, 10  # from which it is measured
NEAR = 0.6  # weight of the nearer of the two passages that a question lies between
PREFIX = "embedding_near_"
LARGEST_GRAPH = 4 << 20  # kB of memory to ask for when an index is made


@dataclass(frozen=True, slots=True)
class Sizes:
    """Where search stops being exact, in passages."""

    exact: int = 20_000  # up to here every vector is compared
    language: int = 2_000  # and in languages of fewer passages
    growth: float = 1.5  # recall is measured again when the archive has grown by this factor


def index_languages(
    connection: Connection, state: State, settings: Settings, sums: LanguageSums, sizes: Sizes
) -> State:
    """Make the indexes that the archive needs now, inside the publishing transaction.

    Args:
        connection: The builder's session.
        state: What the last build knew; without indexes if the vectors are of another encoder.
        settings: Of the vectors.
        sums: Of the vectors of each language, and how many they are.
        sizes: Where search stops being exact.
    """
    counts = +sums.counts
    exact = replace(state, indexes={}, ef_search=0, recall=1.0, measured=0)
    if counts.total() <= sizes.exact:
        return exact
    there = _names(connection)
    indexes = {c: name for c, name in state.indexes.items() if c in counts and name in there}
    new = [
        code for code, n in sorted(counts.items()) if n >= sizes.language and code not in indexes
    ]
    (unique,) = one(connection, "SELECT txid_current()")
    for number, code in enumerate(new):
        indexes[code] = f"{PREFIX}{unique}_{number}"
        _make(connection, indexes[code], code, settings.dimension, counts[code])
    if not indexes:
        return exact
    state = replace(state, indexes=indexes)
    if new or counts.total() > sizes.growth * state.measured:
        generation = Generation(settings, replace(state, measured=counts.total()))
        return _measured(connection, generation, sums.means())
    return state


def drop_unused(connection: Connection, state: State) -> None:
    """Drop the indexes that no generation uses, unless somebody is reading the table."""
    for name in _names(connection).difference(state.indexes.values()):
        with suppress(errors.LockNotAvailable), connection.transaction():
            connection.execute("SET LOCAL lock_timeout = '200ms'")
            connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))


def _names(connection: Connection) -> set[str]:
    """Return the names of the HNSW indexes that are there."""
    rows = connection.execute(
        "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()"
        " AND tablename = 'embedding' AND starts_with(indexname, %s)",
        (PREFIX,),
    )
    return {name for (name,) in rows}


def _make(connection: Connection, name: str, code: str, dimension: int, count: int) -> None:
    memory = min(LARGEST_GRAPH, max(65_536, count * (2 * dimension + 600) // 1024))
    connection.execute("SELECT set_config('maintenance_work_mem', %s, true)", (f"{memory}kB",))
    connection.execute(
        sql.SQL(
            "CREATE INDEX {} ON embedding USING hnsw ({} halfvec_ip_ops)"
            " WITH (m = {}, ef_construction = {}) WHERE {}"
        ).format(
            sql.Identifier(name),
            expression(dimension),
            sql.Literal(M),
            sql.Literal(EF_CONSTRUCTION),
            of_language(code, dimension),
        )
    )


def _measured(connection: Connection, generation: Generation, means: LanguageMeans) -> State:
    """Return the state with the least `ef_search` that has the recall asked for, and that recall.

    What counts are the best of all languages together, as they are searched.
    """
    questions = _questions(connection, generation.state.measured)

    def best(state: State) -> list[set[int]]:
        search = VectorSearch(connection, replace(generation, state=state), means)
        found = (search.nearest(Query(q, BEST, NO_FILTER)) for q in questions)
        return [{passage for passage, _ in some} for some in found]

    exact = best(replace(generation.state, indexes={}))
    for ef_search in EF_SEARCH:
        state = replace(generation.state, ef_search=ef_search)
        shares = [len(a & b) / len(a) for a, b in zip(exact, best(state), strict=True) if a]
        state = replace(state, recall=float(np.mean(shares)))
        if state.recall >= RECALL:
            break
    return state


def _questions(connection: Connection, passages: int) -> list[Vectors]:
    """Make questions between two passages each: about as far from all passages as real ones."""
    every = max(1, passages // (20 * QUESTIONS))
    rows = connection.execute(
        "SELECT value FROM embedding WHERE passage %% %s = 0 LIMIT %s", (every, 40 * QUESTIONS)
    ).fetchall()
    values = np.array([row[0].to_numpy() for row in rows], np.float32)
    first, second = np.random.default_rng(0).integers(len(values), size=(2, QUESTIONS))
    between = NEAR * values[first] + (1 - NEAR) * values[second]
    return list(between / np.linalg.norm(between, axis=1, keepdims=True))
