"""Who may ask, and from where: names and passwords, and the pages and hosts a request comes from.

Pure functions over a request's headers; `guard.py` puts them before everything that is served.
"""

import base64
import binascii
import hashlib
import hmac
import ipaddress
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from index.errors import ArchiveError

PASSWORD = "ARCHIVE_QA_PASSWORD"  # noqa: S105  # the name of a variable
HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer in place of what was asked for: a status of HTTP and a sentence."""

    status: int
    why: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask; without users everybody may, and without hosts by any name of this machine."""

    users: Mapping[str, bytes] = field(default_factory=dict)  # name -> digest of the password
    hosts: frozenset[str] = frozenset()  # names that a request may be addressed to
    names: frozenset[str] = frozenset()  # further names, of a proxy before this machine

    def refusal(self, headers: Mapping[str, str]) -> Refusal | None:
        """Why a request with these headers (names in lower case) is not served, or None."""
        host = headers.get("host", "")
        if self.hosts and _name(host) not in self.hosts | self.names:
            # a page elsewhere may give its own name the address of this machine
            return Refusal(403, f"'{host[:80]}' is not served here: see --name")
        origin = headers.get("origin")
        if origin is not None and not self._own(origin, host):
            return Refusal(403, f"pages of '{origin[:80]}' may not ask here: see --name")
        if self.users and not self._known(headers.get("authorization", "")):
            challenge = 'Basic realm="Archive QA", charset="UTF-8"'
            return Refusal(
                401, "a name and its password are needed", (("WWW-Authenticate", challenge),)
            )
        return None

    def _own(self, origin: str, host: str) -> bool:
        place = urlsplit(origin).netloc.lower()
        return bool(place) and (place == host.lower() or _name(place) in self.names)

    def _known(self, authorization: str) -> bool:
        """Takes equally long for every name and password of a length."""
        name, password = _basic(authorization)
        expected = self.users.get(name, b"")
        return hmac.compare_digest(_digest(password), expected or _digest("")) and bool(expected)


def allowed(
    auth: Sequence[str],
    host: str,
    names: Iterable[str] = (),
    environment: Mapping[str, str] = os.environ,
) -> Access:
    """Who may ask a server that listens on `host`.

    `auth` holds "USER:FILE", the file with the password, or "USER", whose password is in the
    environment. Raises ArchiveError for what cannot be.
    """
    users = {}
    for one in auth:
        name, _, file = one.partition(":")
        if not name:
            raise ArchiveError(f"'{one}' names no user: write --auth USER:FILE, or --auth USER")
        users[name] = _digest(_read(Path(file)) if file else _given(name, environment))
    only_here = is_loopback(host) and not users
    return Access(
        users,
        frozenset((*HERE, host.lower())) if only_here else frozenset(),
        frozenset(name.lower() for name in names),
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server on `host`.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _read(file: Path) -> str:
    """The password in a file: its only line."""
    try:
        if file.stat().st_mode & stat.S_IROTH:
            raise ArchiveError(
                f"everybody on this machine can read the password in '{file}': chmod 600 '{file}'"
            )
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ArchiveError(f"cannot read the password in '{file}': {why}") from None
    if len(lines) != 1 or not lines[0]:
        raise ArchiveError(
            f"'{file}' has {len(lines)} lines: it must hold one, and that the password"
            if lines
            else f"'{file}' is empty: write the password into it, on one line"
        )
    return lines[0]


def _given(name: str, environment: Mapping[str, str]) -> str:
    password = environment.get(PASSWORD, "")
    if not password:
        raise ArchiveError(
            f"there is no password for '{name}': write --auth {name}:FILE, or set {PASSWORD}"
        )
    return password


def _basic(authorization: str) -> tuple[str, str]:
    """The name and the password of an Authorization header; ("", "") if it bears none.

    >>> _basic("Basic YW5uYTpvcGVuIHNlc2FtZQ==")
    ('anna', 'open sesame')
    """
    kind, _, value = authorization.partition(" ")
    try:
        text = (
            base64.b64decode(value.strip(), validate=True).decode()
            if kind.lower() == "basic"
            else ""
        )
    except (binascii.Error, UnicodeDecodeError):
        text = ""
    name, _, password = text.partition(":")
    return name, password


def _digest(password: str) -> bytes:
    return hashlib.sha256(password.encode()).digest()


def _name(place: str) -> str:
    """The name in "name:port", without the brackets of an address of IPv6."""
    name = place.rpartition(":")[0] if place.rpartition(":")[2].isdigit() else place
    return name.strip("[]").lower()
