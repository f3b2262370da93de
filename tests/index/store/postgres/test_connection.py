"""Sessions: what the database must offer, the lock of a build, and servers that restart."""

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import ExitStack

import psycopg
import pytest

from index.errors import ArchiveError
from index.store.doors import begin_build, open_store
from index.store.postgres.address import Address
from index.store.postgres.connection import (
    Connection,
    connect,
    lock,
    pooled,
    prepare,
    streamed,
    unlock,
)
from tests.index.store.postgres.test_failures import DOORS
from tests.support.postgres import Server
from tests.support.written import WrittenIndex, article


@pytest.fixture
def other(server: Server) -> Iterator[str]:
    """An empty database beside the usual one."""
    with psycopg.connect(server.address(), autocommit=True) as session:
        session.execute("CREATE DATABASE other ENCODING 'UTF8' TEMPLATE template0")
        yield server.address("other")
        session.execute("DROP DATABASE other WITH (FORCE)")


def test_a_database_without_pgvector(other: str) -> None:
    with pytest.raises(ArchiveError, match=r"lacks pgvector: .* CREATE EXTENSION vector"):
        begin_build(other).__enter__()
    with pytest.raises(ArchiveError, match="lacks pgvector"):
        open_store(other)


def test_a_database_with_an_old_pgvector(server: Server, other: str) -> None:
    """An older version of the extension is installed beside the server's own."""
    (control,) = server.folder.rglob("vector.control")
    version = re.search(r"default_version = '(.*)'", control.read_text())
    assert version is not None
    old = control.with_name("vector--0.7.4.sql")
    shutil.copy(control.with_name(f"vector--{version[1]}.sql"), old)
    with psycopg.connect(other, autocommit=True) as session:
        session.execute("CREATE EXTENSION vector VERSION '0.7.4'")
    for door in DOORS:
        with pytest.raises(ArchiveError) as caught:
            door(other)
        assert str(caught.value).endswith(
            "has pgvector 0.7.4, 0.8.4 or newer is needed: "
            "have its administrator install it and run  ALTER EXTENSION vector UPDATE"
        )
    old.unlink()


def test_a_database_in_another_encoding(server: Server, other: str) -> None:
    with psycopg.connect(server.address(), autocommit=True) as session:
        session.execute("DROP DATABASE other WITH (FORCE)")
        session.execute("CREATE DATABASE other ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(ArchiveError, match="stores texts as LATIN1: create one with  createdb"):
        begin_build(other).__enter__()


def test_a_pooled_connection_only_reads_and_sees_one_state(
    address: str, session: Connection
) -> None:
    session.execute("CREATE TEMP TABLE nothing (n int)")
    with pooled(Address.parse(address)) as connection:
        assert connection.execute("SHOW transaction_isolation").fetchone() == ("repeatable read",)
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction), connection.transaction():
            connection.execute("CREATE TABLE something (n int)")


def test_the_lock_is_free_when_its_session_ends(address: str, session: Connection) -> None:
    parsed = Address.parse(address)
    with connect(parsed) as builder:
        lock(builder, parsed)
        with pytest.raises(ArchiveError, match="another build of .* is under way"):  # noqa: RUF043
            lock(session, parsed)
    lock(session, parsed)  # the session has ended
    unlock(session, parsed)
    other = Address.parse(f"{parsed.conninfo}?archive=other")
    with connect(parsed) as builder:
        lock(builder, other)
        lock(session, parsed)  # of another archive


def test_questions_survive_connections_that_broke(index: WrittenIndex, session: Connection) -> None:
    index.publish(article("a", "Fog."))
    store = open_store(index.where)
    session.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name = 'archive-qa' AND pid <> pg_backend_pid()"
    )
    assert store.settings.passages == 1


def test_many_threads_share_few_connections(index: WrittenIndex, session: Connection) -> None:
    index.publish(article("a", "Fog."))
    store, failures = open_store(index.where), list[BaseException]()

    def read() -> None:
        try:
            for _ in range(3):
                assert store.settings.passages == 1
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_the_archives_tables_come_before_all_others(address: str, session: Connection) -> None:
    parsed = Address.parse(address)
    prepare(session, parsed, local=False)
    (path,) = session.execute("SHOW search_path").fetchone() or ("",)
    assert path.replace('"', "").split(", ")[0] == parsed.archive


def test_a_cursor_is_closed_even_if_the_server_ends_its_session(server: Server) -> None:
    session = psycopg.connect(server.address())
    with psycopg.connect(server.address(), autocommit=True) as other, ExitStack() as left:
        cursor = left.enter_context(streamed(session, "rows"))
        cursor.execute("SELECT generate_series(1, 1000)")
        assert cursor.fetchone() == (1,)
        other.execute("SELECT pg_terminate_backend(%s)", (session.info.backend_pid,))
        with pytest.raises(psycopg.OperationalError):
            left.close()
    assert cursor.closed
    session.close()
