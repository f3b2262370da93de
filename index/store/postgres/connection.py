"""Connections to the database: a pool for each address, and a session of its own for a build."""

import atexit
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

import psycopg
from pgvector.psycopg import register_vector
from psycopg import IsolationLevel
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import ConnectionPool, PoolTimeout

from index.errors import ArchiveError

from .address import Address

Connection = psycopg.Connection[Any]

PATIENCE = 10  # seconds to wait for a server that does not answer, unless the address says
READERS = 16  # connections that one process keeps to one server at most
OLDEST_PGVECTOR = (0, 8, 4)
# The pool warns of every failed attempt, which the error says too; programs may listen to it.
logging.getLogger("psycopg.pool").addHandler(logging.NullHandler())
CHECKS = 3  # of the whole pool, before a connection is taken as it is
LOCK_TRIES = 10
LOCK = "hashtextextended('archive-qa build ' || %s, 0)"
PREPARE = """SELECT e.extversion, current_setting('server_encoding'),
    to_regclass(quote_ident(%(archive)s) || '.setting') IS NOT NULL,
    set_config('search_path', concat_ws(', ', quote_ident(%(archive)s), quote_ident(n.nspname)),
        %(local)s)
    FROM (SELECT) AS one LEFT JOIN pg_extension e ON e.extname = 'vector'
    LEFT JOIN pg_namespace n ON n.oid = e.extnamespace"""


def connect(address: Address) -> Connection:
    """Open a session of its own, in autocommit mode.

    Raises:
        psycopg.OperationalError: The server cannot be reached, or refuses.
    """
    return psycopg.connect(address.conninfo, autocommit=True, **_options(address.conninfo))


@contextmanager
def pooled(address: Address) -> Iterator[Connection]:
    """Lend a connection inside one read-only transaction that sees one state of the database.

    Connections that broke meanwhile are replaced, so that questions survive a restarted server.
    """
    pool = _pool(address.conninfo)
    try:
        connection = _working(pool)
    except PoolTimeout:
        connect(address).close()  # says why, if there is a reason
        raise
    try:
        with connection.transaction():
            yield connection
    finally:
        pool.putconn(connection)


def _working(pool: "ConnectionPool[Connection]") -> Connection:
    """Take a connection that works.

    After a restart of the server every idle one is broken. They are replaced all at once: the pool
    itself would find them out one by one, with ever longer pauses, while the question waits.
    """
    for _ in range(CHECKS):
        connection = pool.getconn()
        try:
            pool.check_connection(connection)
        except psycopg.OperationalError:
            pool.putconn(connection)
            pool.check()
        else:
            return connection
    return pool.getconn()


@contextmanager
def streamed(connection: Connection, name: str, **options: bool) -> Iterator[psycopg.ServerCursor]:
    """Lend a cursor whose rows stay on the server.

    psycopg leaves one open if the server goes away first; now that the connection is known to be
    broken, it can be closed.
    """
    cursor = connection.cursor(name, **options)
    try:
        with cursor:
            yield cursor
    finally:
        with suppress(psycopg.Error):
            cursor.close()


@cache
def _pool(conninfo: str) -> "ConnectionPool[Connection]":
    """Open the pool of an address; it lasts as long as the process.

    The first connection is tried here: the pool itself would try until its patience ends.
    """
    psycopg.connect(conninfo, **_options(conninfo)).close()

    def for_reading(connection: Connection) -> None:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True

    pool: ConnectionPool[Connection] = ConnectionPool(
        conninfo,
        kwargs=_options(conninfo),
        min_size=0,
        max_size=READERS,
        open=True,
        configure=for_reading,
        timeout=PATIENCE,
        reconnect_timeout=PATIENCE,
    )
    atexit.register(pool.close)
    return pool


def _options(conninfo: str) -> dict[str, Any]:
    given = conninfo_to_dict(conninfo)
    defaults = {"connect_timeout": PATIENCE, "application_name": "archive-qa"}
    # Statements are not prepared: a general plan would not use the indexes of one language.
    return {"prepare_threshold": None} | {k: v for k, v in defaults.items() if k not in given}


def prepare(connection: Connection, address: Address, local: bool) -> bool:
    """Find the archive's tables and pgvector's operators without naming their schemas.

    Args:
        connection: A session.
        address: The archive.
        local: For this transaction only.

    Returns:
        Whether the archive has tables.

    Raises:
        ArchiveError: pgvector is missing or too old, or the database is not in UTF-8.
    """
    values = {"archive": address.archive, "local": local}
    version, encoding, found, _ = one(connection, PREPARE, values)
    if encoding != "UTF8":
        raise ArchiveError(
            f"the database of {address.shown} stores texts as {encoding}: create one with  "
            "createdb --encoding UTF8 --template template0 NAME"
        )
    if version is None:
        raise ArchiveError(
            f"the database of {address.shown} lacks pgvector: have its administrator install it "
            "and run  CREATE EXTENSION vector"
        )
    if _numbers(version) < OLDEST_PGVECTOR:
        needed = ".".join(map(str, OLDEST_PGVECTOR))
        raise ArchiveError(
            f"the database of {address.shown} has pgvector {version}, {needed} or newer is needed: "
            "have its administrator install it and run  ALTER EXTENSION vector UPDATE"
        )
    if connection.adapters.types.get("halfvec") is None:  # once a session
        register_vector(connection)
    return bool(found)


def lock(connection: Connection, address: Address) -> None:
    """Take the archive's lock for this session; the server frees it when the session ends.

    Raises:
        ArchiveError: Another build is under way.
    """
    for _ in range(LOCK_TRIES):  # the session of a build that was just killed may yet end
        if one(connection, f"SELECT pg_try_advisory_lock({LOCK})", (address.archive,))[0]:
            return
        time.sleep(0.2)
    raise ArchiveError(f"another build of '{address.shown}' is under way: wait for it")


def unlock(connection: Connection, address: Address) -> None:
    """Free the lock at once, without waiting for the server to notice the end of the session."""
    with suppress(psycopg.Error):
        connection.execute(f"SELECT pg_advisory_unlock({LOCK})", (address.archive,))


def one(connection: Connection, query: str, values: Any = ()) -> tuple[Any, ...]:
    """Return the single row of a query."""
    row: tuple[Any, ...] | None = connection.execute(query, values).fetchone()
    assert row is not None
    return row


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
