"""Indexes are made for large languages, searched as hard as recall asks, and dropped unused."""

from dataclasses import replace

import numpy as np
import pytest

from index.store.base.protocol import VectorIndex
from index.store.doors import begin_build, open_store
from index.store.postgres.address import Address
from index.store.postgres.connection import Connection
from index.store.postgres.setting import State, read_generation
from tests.index.store.postgres.search.test_vectors import RandomEncoder, fill
from tests.support.written import WrittenIndex


@pytest.fixture
def encoder() -> RandomEncoder:
    return RandomEncoder()


def state_of(index: WrittenIndex, session: Connection) -> State:
    generation = read_generation(session, Address.parse(index.where))
    assert generation is not None
    return generation.state


def names(session: Connection) -> set[str]:
    rows = session.execute(
        "SELECT indexname FROM pg_indexes WHERE starts_with(indexname, 'embedding_near_')"
        " AND schemaname = current_schema()"
    )
    return {name for (name,) in rows}


def test_large_languages_get_indexes_and_small_ones_none(
    index: WrittenIndex, session: Connection
) -> None:
    fill(index, 300)
    state = state_of(index, session)
    assert state.indexes.keys() == {"en", "zh"}
    assert names(session) == set(state.indexes.values())
    assert state.measured == 300
    assert state.recall >= 0.98
    with open_store(index.where).snapshot() as snapshot:
        form = f"HNSW for en, zh, ef_search {state.ef_search}, measured with 300 passages"
        assert snapshot.vector_index() == VectorIndex(
            f"{form}; other languages exact", state.recall
        )
    with begin_build(index.where) as writer:
        assert writer.vectors_are_sound()
    fill(index, 310)  # the same articles and ten more: nothing is made or measured again
    again = state_of(index, session)
    assert (again.indexes, again.measured) == (state.indexes, 300)
    assert open_store(index.where).problems() == []


def test_a_lost_index_is_a_problem_that_a_build_mends(
    index: WrittenIndex, session: Connection
) -> None:
    fill(index, 300)
    (lost, *_) = names(session)
    session.execute(f"DROP INDEX {lost}")
    (problem,) = open_store(index.where).problems()
    assert problem.sentence == f"the index {lost} of the vectors is not there"
    with begin_build(index.where) as writer:
        assert not writer.vectors_are_sound()
    fill(index, 300)
    assert open_store(index.where).problems() == []
    assert len(names(session)) == 2


def test_another_dimension_leaves_the_old_indexes_to_the_next_build(
    index: WrittenIndex, session: Connection
) -> None:
    fill(index, 300)
    old = names(session)
    with begin_build(index.where) as writer:
        writer.drop_vectors()
        contents = [content for content, _ in writer.not_embedded()]
        values = np.random.default_rng(0).normal(size=(len(contents), 8)).astype(np.float32)
        values /= np.linalg.norm(values, axis=1, keepdims=True)
        writer.add_vectors(contents, values)
        writer.publish(replace(index.settings, dimension=8))
    assert names(session) == old
    with open_store(index.where).snapshot() as snapshot:
        assert snapshot.vector_index().form == "exact"  # by the usual sizes
        assert len(snapshot.nearest(values[0], 5)) == 5
    with begin_build(index.where):
        assert names(session) == set()
