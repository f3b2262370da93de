"""The vectors of a build under way are removed after it, without waiting and without failing."""

import numpy as np
import pytest

from index.store.postgres.address import Address
from index.store.postgres.connection import Connection, connect, prepare
from index.store.postgres.embedding_cache import PostgresEmbeddingCache
from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex


@pytest.fixture
def cache(index: WrittenIndex, session: Connection, encoder: FakeEncoder) -> PostgresEmbeddingCache:
    index.publish()
    cache = PostgresEmbeddingCache(session, encoder)
    cache.put([b"fog"], np.ones((1, encoder.dimension), "<f4"))
    return cache


def test_a_backup_under_way_is_not_waited_for(
    cache: PostgresEmbeddingCache, session: Connection, index: WrittenIndex
) -> None:
    with connect(Address.parse(index.where)) as backup, backup.transaction():
        prepare(backup, Address.parse(index.where), local=True)
        backup.execute("LOCK TABLE embedded IN ACCESS SHARE MODE")  # as pg_dump does
        session.execute("SET lock_timeout = '1s'")
        cache.discard()
        assert cache.get(b"fog") is None


def test_a_published_build_does_not_fail_for_it(
    cache: PostgresEmbeddingCache, session: Connection
) -> None:
    session.execute("DROP TABLE embedded")
    cache.discard()
    session.close()
    cache.discard()
