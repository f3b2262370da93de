"""Keep the process offline: it refuses itself every connection to another machine.

Gradio fetches files from addresses that a request names; no request may make this program connect
to anything.
"""

import ipaddress
import sys
from collections.abc import Collection
from typing import Any

LOOK_UP = "socket.getaddrinfo"
EVENTS = (LOOK_UP, "socket.gethostbyname", "socket.connect", "socket.sendto")


def block_network(host: str, database: Collection[str] = ()) -> None:
    """From now on let this process connect only to this machine, which serves `host`.

    Uses an audit hook, which cannot be removed. Other connections and look-ups raise
    PermissionError. Names of `database` hosts may be looked up, and nothing more from Python:
    libpq, which the hook does not see, connects to them and to nothing else.
    """

    def refuse(event: str, args: tuple[Any, ...]) -> None:
        if event not in EVENTS or not (target := _target(event, args)):
            return
        if is_remote(target, host) and not (event == LOOK_UP and target in database):
            raise PermissionError(f"connections to other machines are blocked: '{target}'")

    sys.addaudithook(refuse)


def is_remote(target: str, host: str) -> bool:
    """Whether a name or address belongs to another machine than this one, which serves `host`.

    >>> is_remote("127.0.0.1", "0.0.0.0"), is_remote("example.org", "0.0.0.0")
    (False, True)
    """
    if target in ("localhost", host):
        return False
    try:
        address = ipaddress.ip_address(target.partition("%")[0])
    except ValueError:
        return True
    return not (address.is_loopback or address.is_unspecified)


def _target(event: str, args: tuple[Any, ...]) -> str:
    """Return the host that an audit event names, "" if it names none, like a Unix socket's."""
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = args[0]
    else:
        host = args[1][0] if isinstance(args[1], tuple) else None
    return host.decode(errors="replace") if isinstance(host, bytes) else str(host or "")
