"""What the server or libpq says -> one sentence for people, with what to do about it."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors
from psycopg_pool import PoolTimeout

from index.errors import ArchiveError, StorageError, UnreachableError, first_line

from .address import Address

PAGE = "index/store/postgres/README.md"
KEPT = "the last good archive is untouched"
# What libpq or the server says while connecting, where there is no SQLSTATE: words, advice
REFUSALS = (
    (("password", "no pg_hba"), "put the right password into ~/.pgpass or PGPASSWORD"),
    (("database",), "create it with  createdb NAME, or name another"),
    (("role",), "create it with  createuser NAME, or name another user"),
    (("too many", "slots"), "raise the server's max_connections, or stop other programs"),
    (("starting up", "shutting down"), "try again in a moment"),
)


@contextmanager
def database_errors(address: Address) -> Iterator[None]:
    """Turn errors of psycopg into a StorageError, or an ArchiveError if the user can mend it."""
    try:
        yield
    except psycopg.Error as error:
        raise _translated(error, address) from error


def _translated(error: psycopg.Error, address: Address) -> ArchiveError:
    where, said = f"index {address.shown}", _said(error)
    if isinstance(error, errors.InsufficientPrivilege):
        return ArchiveError(
            f"{where}: {said}: the user of the address lacks a right; the GRANTs are in {PAGE}"
        )
    if isinstance(error, errors.ReadOnlySqlTransaction):
        return ArchiveError(
            f"{where}: this server only reads ({said}): build at the primary, for example with "
            "target_session_attrs=read-write in the address"
        )
    if isinstance(error, errors.DiskFull | errors.OutOfMemory | errors.ConfigurationLimitExceeded):
        return StorageError(f"{where}: {said}: free some space on the server; {KEPT}")
    if isinstance(error, errors.AdminShutdown | errors.CrashShutdown) or _is_lost(said):
        return StorageError(f"{where}: the connection was lost ({said}): try again; {KEPT}")
    if isinstance(error, PoolTimeout):
        return StorageError(f"{where}: all connections of this program are in use: try again")
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        refused = "FATAL" in said or "no password supplied" in said  # by the server, or by libpq
        for words, advice in REFUSALS:
            if refused and any(word in said for word in words):
                return UnreachableError(f"{where}: {said}: {advice}")
        advice = "start the server, or correct host and port in the address"
        return UnreachableError(f"{where} cannot be reached ({said}): {advice}")
    return StorageError(f"{where}: {said}: see the server's log; {KEPT}")


def _said(error: psycopg.Error) -> str:
    """Return the first line of the message, without what psycopg adds for each of many hosts."""
    return error.diag.message_primary or first_line(error).strip()


def _is_lost(said: str) -> bool:
    lost = ("server closed the connection", "connection is lost", "the connection is closed",
            "terminating connection", "EOF detected", "consuming input failed")  # fmt: skip
    return any(words in said for words in lost)
