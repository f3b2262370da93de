"""What people read when the server, the network or a right fails."""

import socket
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg_pool import PoolTimeout

from index.errors import ArchiveError, StorageError, UnreachableError
from index.store.doors import begin_build, open_store
from index.store.postgres import connection
from index.store.postgres.address import Address
from index.store.postgres.connection import Connection
from index.store.postgres.failures import database_errors
from tests.index.store.postgres.conftest import as_user
from tests.support.postgres import Server
from tests.support.written import WrittenIndex, article

ADDRESS = Address.parse("postgresql://anna:sesame@host/db")


def begun(where: str) -> object:
    return begin_build(where).__enter__()


DOORS: tuple[Callable[[str], object], ...] = open_store, begun


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 1)


def message(where: str, kind: type[Exception] = StorageError) -> str:
    """What is said when an index is opened, and when it is built, which is the same."""
    said = []
    for door in DOORS:
        with pytest.raises(kind) as caught:
            door(where)
        said.append(str(caught.value))
    assert said[0] == said[1]
    assert "sesame" not in said[0]
    assert "\n" not in said[0]
    return said[0]


def test_no_server() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    said = message(f"postgresql://anna:sesame@127.0.0.1:{port}/db", UnreachableError)
    assert "cannot be reached" in said
    assert "start the server, or correct host and port" in said


def test_no_such_host(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*arguments: object, **options: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)  # no test asks a name server
    assert "cannot be reached" in message("postgresql://anna:sesame@nowhere.invalid/db")


def test_no_database(database: str) -> None:
    said = message(f"{database.rpartition('/')[0]}/nowhere")
    assert 'database "nowhere" does not exist' in said
    assert said.endswith("create it with  createdb NAME, or name another")


def test_no_user(database: str) -> None:
    said = message(as_user(database, "nobody:sesame"))
    assert 'role "nobody" does not exist' in said


@pytest.fixture
def secretive(server: Server) -> Iterator[str]:
    """The address of a user who needs a password, without it."""
    file = server.data / "pg_hba.conf"
    before = file.read_text()
    with psycopg.connect(server.address(), autocommit=True) as session:
        session.execute("CREATE ROLE guarded LOGIN PASSWORD 'the right one'")
        file.write_text(f"host all guarded 127.0.0.1/32 scram-sha-256\n{before}")
        session.execute("SELECT pg_reload_conf()")
        without_password = server.address(user="guarded")
        while lets_in(without_password):  # the server reads the file again in its own time
            time.sleep(0.02)
        yield without_password
        file.write_text(before)
        session.execute("DROP ROLE guarded; SELECT pg_reload_conf()")


def lets_in(address: str) -> bool:
    try:
        psycopg.connect(address).close()
    except psycopg.OperationalError:
        return False
    return True


def test_a_wrong_password(secretive: str) -> None:
    said = message(secretive.replace("guarded@", "guarded:sesame@"))
    assert 'password authentication failed for user "guarded"' in said
    assert said.endswith("put the right password into ~/.pgpass or PGPASSWORD")


def test_no_password(secretive: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSFILE", "/nowhere")
    said = message(secretive)
    assert "no password supplied" in said
    assert said.endswith("put the right password into ~/.pgpass or PGPASSWORD")


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (psycopg.errors.DiskFull("no space"), StorageError, "free some space on the server"),
        (psycopg.errors.InsufficientPrivilege("no"), ArchiveError, "lacks a right; the GRANTs"),
        (psycopg.errors.ReadOnlySqlTransaction("no"), ArchiveError, "build at the primary"),
        (psycopg.errors.AdminShutdown("bye"), StorageError, "the connection was lost"),
        (psycopg.OperationalError("server closed the connection"), StorageError, "try again"),
        (psycopg.OperationalError('FATAL:  password authentication failed for user "anna"'),
         UnreachableError, "put the right password into ~/.pgpass or PGPASSWORD"),
        (psycopg.OperationalError("FATAL:  sorry, too many clients already"), UnreachableError,
         "raise the server's max_connections"),
        (PoolTimeout("none free"), StorageError, "all connections of this program are in use"),
        (psycopg.errors.UndefinedTable("no table"), StorageError, "see the server's log"),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_errors_say_what_to_do(error: Exception, kind: type[Exception], words: str) -> None:
    with pytest.raises(ArchiveError, match=words) as caught, database_errors(ADDRESS):
        raise error
    assert type(caught.value) is kind
    assert "postgresql://anna@host/db" in str(caught.value)


def test_errors_of_the_caller_are_passed_on() -> None:
    with pytest.raises(ZeroDivisionError), database_errors(ADDRESS):
        raise ZeroDivisionError


def test_a_newer_schema(index: WrittenIndex, session: Connection) -> None:
    index.publish(article("a", "Fog."))
    session.execute("UPDATE setting SET value = '99' WHERE name = 'schema'")
    said = message(index.where, ArchiveError)
    assert said.endswith("has schema 99, this version reads schema 3: update this program")


def test_damaged_settings(index: WrittenIndex, session: Connection) -> None:
    index.publish(article("a", "Fog."))
    session.execute("DELETE FROM setting WHERE name = 'dimension'")
    assert "the settings of" in message(index.where)
