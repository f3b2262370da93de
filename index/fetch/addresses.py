"""Which addresses may be connected to: public ones of the web, and no others.

A feed names any address it likes, and so does a redirect. Without this check, a feed could make the
program read what only this machine or its network can reach, and put it into the archive.
"""

import ipaddress
import re
import socket
from contextlib import suppress
from urllib.parse import urljoin

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from .failures import ForbiddenError, UnavailableError

MAX_LENGTH = 2000  # characters of an address
PORTS = {"http": 80, "https": 443}
UNSAFE = re.compile(r"[\x00-\x20\x7f\\\ud800-\udfff]")
HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]")
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # an IPv4 address is in the last four bytes
SITE_LOCAL = ipaddress.ip_network("fec0::/10")  # deprecated, and global to ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def parse(address: str, base: str = "") -> Url:
    """Return the parts of a web address, normalised and without its fragment.

    Args:
        address: The address, perhaps relative.
        base: What it is relative to.

    Raises:
        ForbiddenError: It is no http or https address, holds a user or password, or is malformed.
    """
    address = address.strip()
    if len(address) > MAX_LENGTH or UNSAFE.search(address):
        raise ForbiddenError("is not a valid address")
    try:
        url = parse_url(urljoin(base, address) if base else address)
    except (LocationParseError, ValueError):
        raise ForbiddenError("is not a valid address") from None
    if url.scheme not in PORTS:
        raise ForbiddenError("is not an http:// or https:// address")
    if url.auth is not None:
        raise ForbiddenError("holds a user or a password, which are never sent: leave them out")
    host = (url.host or "").lower().removesuffix(".")
    if not HOST.fullmatch(host):
        raise ForbiddenError("names no valid host")
    port = None if url.port == PORTS[url.scheme] else url.port
    return Url(url.scheme, None, host, port, url.path or "/", url.query)


def resolve(url: Url, *, allow_private: bool = False) -> list[str]:
    """Look up the IP addresses of a server, for a connection to exactly these.

    Raises:
        ForbiddenError: One of them is not public.
        UnavailableError: There are none.
    """
    addresses = _look_up(str(url.host).strip("[]"), port_of(url))
    for address in () if allow_private else addresses:
        if not is_public(address):
            raise ForbiddenError(f"is at {address}, which is not a public address")
    return addresses


def _look_up(host: str, port: int) -> list[str]:
    with suppress(ValueError):
        return [str(ipaddress.ip_address(host))]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnavailableError(f"has a host that is not known ({error})") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def port_of(url: Url) -> int:
    """The port that is stated, or the scheme's."""
    return url.port if url.port is not None else PORTS[str(url.scheme)]


def is_public(text: str) -> bool:
    """Whether an IP address is one that anybody on the internet could reach.

    >>> [is_public(a) for a in ("93.184.215.14", "10.0.0.1", "169.254.169.254", "100.64.0.1")]
    [True, False, False, False]
    >>> [is_public(a) for a in ("2606:4700::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "fe80::1%2")]
    [True, False, False, False]
    """
    address = ipaddress.ip_address(text.partition("%")[0])
    if (inner := _inner(address)) is not None:
        address = inner
    special = address.is_multicast or address.is_reserved or address in SITE_LOCAL
    return address.is_global and not special


def _inner(address: Address) -> Address | None:
    """The IPv4 address to which packets for this IPv6 address go in the end."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
