"""Nothing leaves the machine: the running chat refuses itself every connection to elsewhere.

Gradio fetches files from addresses that a request names; no request is a reason to reach out.
"""

import ipaddress
import sys
from typing import Any

ASKED = ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect", "socket.sendto")


def stay_here(host: str) -> None:
    """From now on this process connects to nothing but this machine, and `host`, itself.

    It cannot be taken back.
    """

    def refuse(event: str, args: tuple[Any, ...]) -> None:
        if event in ASKED and (place := _place(event, args)) and leaves(place, host):
            raise PermissionError(f"this program reaches nothing outside of this machine: {place}")

    sys.addaudithook(refuse)


def leaves(place: str, host: str) -> bool:
    """Whether the name or address `place` is another machine than this, which serves `host`.

    >>> leaves("127.0.0.1", "0.0.0.0"), leaves("example.org", "0.0.0.0"), leaves("::1", "::")
    (False, True, False)
    """
    if place in ("localhost", host):
        return False
    try:
        address = ipaddress.ip_address(place.partition("%")[0])
    except ValueError:
        return True
    return not (address.is_loopback or address.is_unspecified)


def _place(event: str, args: tuple[Any, ...]) -> str:
    """The host that is asked for; "" where it is none, as of a socket of the file system."""
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = args[0]
    else:
        host = args[1][0] if isinstance(args[1], tuple) else None
    return host.decode(errors="replace") if isinstance(host, bytes) else str(host or "")
