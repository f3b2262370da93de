"""An index in a database, and a plain session to look behind it."""

from collections.abc import Iterator

import psycopg
import pytest

from index.store.postgres.address import Address
from index.store.postgres.connection import Connection, connect, prepare
from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex


@pytest.fixture
def index(address: str, encoder: FakeEncoder) -> WrittenIndex:
    return WrittenIndex(address, encoder)


@pytest.fixture
def session(address: str) -> Iterator[Connection]:
    """A session that finds the archive's tables once there are any."""
    parsed = Address.parse(address)
    with connect(parsed) as connection:
        prepare(connection, parsed, local=False)
        yield connection


@pytest.fixture
def database(address: str) -> str:
    """The address of the database without an archive, for libpq."""
    return Address.parse(address).conninfo


def plan(connection: psycopg.Connection[tuple[object, ...]], query: str) -> str:
    return "\n".join(str(line) for (line,) in connection.execute(f"EXPLAIN {query}"))


def as_user(where: str, user: str) -> str:
    """Return an address for another user; only our own server takes one without a password."""
    if "//postgres@127.0.0.1:" not in where:
        pytest.skip("needs a server that trusts its users")
    return where.replace("postgres@", f"{user}@")
