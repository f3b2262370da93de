"""One connection to one server, at an IP address that was checked; it makes GET requests.

The name is looked up once for a connection, and the connection goes to the address that the check
saw, whatever the name's server says later. Certificates are checked against the name. No proxy of
the environment is used, no cookie is kept, and no redirect followed here.
"""

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from http.client import HTTPException

from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Url

from index.errors import first_line

from .addresses import port_of, resolve
from .failures import UnavailableError, UnfitError
from .response import Response, too_large

SILENCE = 20  # seconds without a connection or without any data
DEADLINE = 120  # seconds for one response, however slowly it drips
MAX_TRIED = 4  # addresses of one server
CHUNK = 65536


class Connection:
    """A connection, opened at once."""

    def __init__(self, url: Url, *, allow_private: bool = False) -> None:
        """Connect to the server of `url`.

        Raises:
            NotFetchedError: It is at a private address, or does not answer.
        """
        self.origin, self._url = origin_of(url), url
        self._addresses = resolve(url, allow_private=allow_private)
        self._http, self._socket = _connected(url, self._addresses)

    def get(
        self, url: Url, headers: Mapping[str, str], limit: int, *, cut: bool = False
    ) -> Response:
        """Ask for `url`, which is on this server.

        Args:
            url: The address.
            headers: What else to send than the host's name.
            limit: Bytes of the body.
            cut: Whether to cut a longer body off rather than fail.

        Raises:
            UnavailableError: There was no whole answer in time.
            UnfitError: The body is larger.
        """
        if self._http.sock is None:  # the server closed it after its last response
            self._http, self._socket = _connected(self._url, self._addresses)
        with _deadline(self._socket), _errors("did not arrive"):
            self._http.request(
                "GET", url.request_uri, headers={"Host": url.netloc or "", **headers},
                preload_content=False, decode_content=False,
            )  # fmt: skip
            answer = self._http.getresponse()
            body = _read(answer, limit, cut=cut)
        lines = ((name, _one_line(value)) for name, value in answer.headers.iteritems())
        return Response(str(url), answer.status, _one_line(answer.reason or ""), tuple(lines), body)

    def abort(self) -> None:
        """Make a request that is under way in another thread fail at once."""
        _abort(self._socket)

    def close(self) -> None:
        """Close it; calling it twice does no harm."""
        self._http.close()


def origin_of(url: Url) -> str:
    """The scheme, host and port of an address: "https://example.org:443"."""
    return f"{url.scheme}://{url.host}:{port_of(url)}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _connected(url: Url, addresses: list[str]) -> tuple[HTTPConnection, socket.socket]:
    """Connect to the first address that answers; return its socket, too."""
    failure = UnavailableError("is on a server without an address")
    for address in addresses[:MAX_TRIED]:
        try:
            opened = _opened(url, address)
        except UnavailableError as error:
            failure = error
            continue
        http = HTTPConnection(address, port_of(url), timeout=SILENCE)
        http.sock, http.auto_open = opened, 0  # by itself it would connect without TLS
        return http, opened
    raise failure


def _opened(url: Url, address: str) -> socket.socket:
    """Open a socket to an IP address; over TLS, check that the certificate is the host's."""
    with _errors("is on a server that cannot be connected to"):
        opened = socket.create_connection((address, port_of(url)), SILENCE)
        try:
            if url.scheme == "https":
                secure = opened = _tls().wrap_socket(
                    opened, server_hostname=str(url.host).strip("[]"), do_handshake_on_connect=False
                )
                with _deadline(secure):
                    secure.do_handshake()
        except BaseException:
            opened.close()
            raise
    return opened


@contextmanager
def _deadline(connection: socket.socket) -> Iterator[None]:
    """End what goes on over a socket after DEADLINE seconds, even if data drips in.

    Raises:
        UnavailableError: The time is over.
    """
    expired = threading.Event()

    def abort() -> None:
        expired.set()
        _abort(connection)

    timer = threading.Timer(DEADLINE, abort)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (UnavailableError, OSError):
        if not expired.is_set():
            raise
    finally:
        timer.cancel()
    if expired.is_set():  # what was read may look whole
        raise UnavailableError(f"took over {DEADLINE} seconds")


def _abort(connection: socket.socket) -> None:
    with suppress(OSError):  # it is closed
        # not the method of a TLS socket, which must not run beside a read
        socket.socket.shutdown(connection, socket.SHUT_RDWR)


@contextmanager
def _errors(what: str) -> Iterator[None]:
    """Turn the errors of the network into an UnavailableError that says `what` happened."""
    try:
        yield
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        raise UnavailableError(f"{what} ({first_line(error)})") from None


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _read(answer: BaseHTTPResponse, limit: int, *, cut: bool) -> bytes:
    body = bytearray()
    while data := answer.read1(CHUNK, decode_content=False):
        body += data
        if len(body) > limit:
            if cut:
                return bytes(body[:limit])
            raise UnfitError(too_large(limit))
    return bytes(body)
