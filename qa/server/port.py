"""Whether the server can listen where it is asked to."""

import errno
import socket

from index.errors import ArchiveError


def check_port(host: str, port: int) -> None:
    """Raise ArchiveError if nothing can listen on this port of `host`, or something does."""
    if not 1 <= port <= 65535:
        raise ArchiveError(f"port {port} does not exist: choose one from 1 to 65535")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            why = f"port {port} is taken, by another chat perhaps: end it or choose another --port"
        else:
            why = f"cannot listen on port {port} of '{host}' ({error.strerror}): see --host, --port"
        raise ArchiveError(why) from None
