"""Who may send requests, and from where: users, and the hosts and origins of requests.

Pure functions over a request's headers; `guard.py` applies them to everything that is served, and
`passwords.py` reads the users' passwords.
"""

import base64
import hmac
import ipaddress
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from index.errors import ArchiveError

from .passwords import digest, from_environment, from_file

NOBODY = digest("")  # compared with where there is no such user, so that it takes as long
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Refusal:
    """The response to a request that is not served: an HTTP status and a sentence."""

    status: int
    why: str
    headers: tuple[tuple[str, str], ...] = ()
    page: str = ""  # HTML that says it to a person


@dataclass(frozen=True, slots=True)
class Access:
    """Who may send requests: without users anybody, without hosts under any host name."""

    users: Mapping[str, bytes] = field(default_factory=dict)  # name -> digest of the password
    hosts: frozenset[str] = frozenset()  # names that a Host header may bear
    names: frozenset[str] = frozenset()  # further names, those of a proxy before this server

    def refusal(self, headers: Mapping[str, str]) -> Refusal | None:
        """Return why a request with these headers (names in lower case) is refused, or None."""
        if refusal := self.source_refusal(headers):
            return refusal
        if self.users and self.user(headers.get("authorization", "")) is None:
            challenge = 'Basic realm="Archive QA", charset="UTF-8"'
            return Refusal(
                401, "a user name and a password are required", (("WWW-Authenticate", challenge),)
            )
        return None

    def source_refusal(self, headers: Mapping[str, str]) -> Refusal | None:
        """Return why requests to this host, or from this origin, are refused, or None."""
        # Not Starlette's TrustedHostMiddleware: it answers 400 "Invalid host header", which names
        # neither the host nor the option that admits it.
        host = headers.get("host", "")
        if self.hosts and _host_name(host) not in self.hosts | self.names:
            # DNS rebinding: a page elsewhere can let its own name resolve to this machine
            return Refusal(403, f"the host name '{host[:80]}' is refused: admit it with --name")
        origin = headers.get("origin")
        if origin == "null" and headers.get("sec-fetch-site") == "same-origin":
            return None  # a form of our own page: our Referrer-Policy hides its origin
        if origin is not None and not self._is_same_origin(origin, host):
            return Refusal(403, f"requests by pages of '{origin[:80]}' are refused: see --name")
        return None

    def _is_same_origin(self, origin: str, host: str) -> bool:
        try:
            location = urlsplit(origin).netloc.lower()
        except ValueError:  # no address, like "http://["
            return False
        return bool(location) and (location == host.lower() or _host_name(location) in self.names)

    def user(self, authorization: str) -> str | None:
        """Return the user whose name and password a Basic header has, None if they are wrong."""
        name, password = basic_credentials(authorization)
        return name if self.is_user(name, password) else None

    def is_user(self, name: str, password: str) -> bool:
        """Check name and password in a time that does not depend on which of them is wrong."""
        expected = self.users.get(name, NOBODY)
        return hmac.compare_digest(digest(password), expected) and expected is not NOBODY


def access_for(
    auth: Sequence[str],
    host: str,
    names: Iterable[str] = (),
    environment: Mapping[str, str] = os.environ,
) -> Access:
    """Return who may use a server that listens on `host`.

    Args:
        auth: "USER:FILE" with the file that holds the password, or "USER" for the password in
            the environment.
        host: The name or address to listen on. If only this machine can reach it and there are no
            users, requests under other host names are refused.
        names: Host names under which a proxy passes requests on.
        environment: The environment variables.

    Raises:
        ArchiveError: An entry of `auth` has no user name, or its password is missing or unreadable.
    """
    users = {}
    for entry in auth:
        name, _, file = entry.partition(":")
        if not name:
            raise ArchiveError(f"'{entry}' names no user: write --auth USER:FILE, or --auth USER")
        password = from_file(Path(file)) if file else from_environment(name, environment)
        users[name] = digest(password)
    local_only = is_loopback(host) and not users
    return Access(
        users,
        frozenset((*LOOPBACK_NAMES, host.lower())) if local_only else frozenset(),
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


def basic_credentials(authorization: str) -> tuple[str, str]:
    """Return name and password of an Authorization header, ("", "") if it is not a Basic one.

    >>> basic_credentials("Basic YW5uYTpvcGVuIHNlc2FtZQ==")
    ('anna', 'open sesame')
    """
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        text = base64.b64decode(value.strip(), validate=True).decode()
    except ValueError:  # not base64, or not UTF-8
        return "", ""
    name, _, password = text.partition(":")
    return name, password


def _host_name(location: str) -> str:
    """Return the host in "host:port", in lower case and without an IPv6 address's brackets.

    >>> _host_name("LOCALHOST:7860"), _host_name("[::1]:7860"), _host_name("news.example")
    ('localhost', '::1', 'news.example')
    """
    host, _, port = location.rpartition(":")
    return (host if port.isdigit() else location).strip("[]").lower()
