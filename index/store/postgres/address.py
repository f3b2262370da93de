"""The address of an index in a PostgreSQL database: `postgresql://user@host/db?archive=NAME`.

All of it goes to libpq but `archive`, which is ours: the schema that holds the index. A password
may be part of an address; nothing here repeats it.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

from index.errors import ArchiveError

DEFAULT_ARCHIVE = "archive_qa"
ARCHIVE = re.compile(r"[a-z][a-z0-9_]{0,62}")
SECRETS = ("password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key")
ESCAPES = "write the characters @ : / ? # & % of a password as %40 %3A %2F %3F %23 %26 %25"


@dataclass(frozen=True, slots=True)
class Address:
    """An index in a database; `shown` is the address without its secrets, for people."""

    shown: str
    archive: str
    given: str = field(repr=False)
    conninfo: str = field(repr=False)  # for libpq
    has_secret: bool = False

    @classmethod
    def parse(cls, where: str) -> "Address":
        """Take an address apart.

        Raises:
            ArchiveError: It is none; the message repeats no part that could be a password.
        """
        try:
            parts = urlsplit(where)
        except ValueError:  # a bracket without its partner
            raise _unreadable() from None
        user_info, at, hosts = parts.netloc.rpartition("@")
        user, colon, _ = user_info.partition(":")
        pairs = [pair for pair in parts.query.split("&") if pair]
        if "@" in user_info + parts.path or parts.fragment or not _ports_are_numbers(hosts):
            raise _unreadable()
        ours = [unquote(pair.partition("=")[2]) for pair in pairs if _name(pair) == "archive"]
        for_libpq = [pair for pair in pairs if _name(pair) != "archive"]
        shown = [pair for pair in pairs if _name(pair) not in SECRETS]
        conninfo = _joined(parts, parts.netloc, for_libpq)
        _check(conninfo)
        return cls(
            shown=_joined(parts, user + at + hosts, shown),
            archive=_archive(ours),
            given=where,
            conninfo=conninfo,
            has_secret=bool(colon) or len(shown) < len(pairs),
        )

    def beside(self, name: str) -> str | None:
        """Return the address of the archive of this name that belongs to this one.

        None if the two names together are too long for the name of an archive.
        """
        archive = f"{self.archive}_{name}"
        if not ARCHIVE.fullmatch(archive):
            return None
        parts = urlsplit(self.given)
        pairs = [pair for pair in parts.query.split("&") if pair and _name(pair) != "archive"]
        return _joined(parts, parts.netloc, [*pairs, f"archive={archive}"])

    def hosts(self) -> tuple[str, ...]:
        """Return the hosts that the address names; none for a Unix socket or a service file."""
        values = conninfo_to_dict(self.conninfo)
        named = f"{values.get('host') or ''},{values.get('hostaddr') or ''}".split(",")
        return tuple(host for host in named if host and not host.startswith(("/", "@")))


def _joined(parts: SplitResult, netloc: str, pairs: list[str]) -> str:
    query = f"?{'&'.join(pairs)}" if pairs else ""
    return f"{parts.scheme}://{netloc}{parts.path}{query}"


def _unreadable() -> ArchiveError:
    return ArchiveError(
        "the address of the index cannot be read, it should be like "
        f"postgresql://user@host:5432/database?archive=name: {ESCAPES}"
    )


def _name(pair: str) -> str:
    return unquote(pair.partition("=")[0])


def _ports_are_numbers(hosts: str) -> bool:
    """Whether it looks like hosts and ports, rather than the rest of an unescaped password."""
    ports = (host.rpartition("]")[2].partition(":")[2] for host in hosts.split(","))
    return all(port == "" or (port.isascii() and port.isdigit()) for port in ports)


def _archive(given: list[str]) -> str:
    name = given[-1] if given else DEFAULT_ARCHIVE
    if not ARCHIVE.fullmatch(name) or name.startswith("pg_"):
        raise ArchiveError(
            f"'{name[:80]}' cannot be the name of an archive: use a-z, 0-9 and _, a letter first, "
            "at most 63 characters, and not pg_ at the start"
        )
    return name


def _check(conninfo: str) -> None:
    try:
        conninfo_to_dict(conninfo)
    except psycopg.ProgrammingError:  # its message may quote the address
        raise _unreadable() from None
