"""Get an address politely: by robots.txt, and with every redirect checked before it is followed."""

import threading
from collections.abc import Callable, Mapping

from urllib3.util import Url

from index.formats.limits import MAX_ARTICLE

from .addresses import parse
from .failures import DisallowedError, UnavailableError
from .response import Response
from .robots import MAX_BYTES
from .server import Server
from .settings import Settings

MAX_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, application/pdf;q=0.9, */*;q=0.5"


class Visitor:
    """Gets addresses; several threads may share one."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stop, self._lock = threading.Event(), threading.Lock()
        self._servers: dict[str, Server] = {}

    def get(
        self, address: str, conditions: Mapping[str, str] | None = None, limit: int = MAX_ARTICLE
    ) -> Response:
        """Return the response at the end of all redirects; a failing status is a response, too.

        Args:
            address: The address to begin with.
            conditions: Headers such as If-None-Match.
            limit: Bytes of the body, as it comes.

        Raises:
            NotFetchedError: It is forbidden, disallowed, too large or not to be had.
            Stopped: The run ends.
        """
        headers = {
            "User-Agent": self._settings.user_agent,
            "Accept": ACCEPT,
            "Accept-Encoding": "gzip, br",
            **(conditions or {}),
        }

        def ask(url: Url) -> Response:
            if not self._server(url).rules(url, self._robots).allow(str(url)):
                raise DisallowedError("is not allowed by the site's robots.txt")
            return self._server(url).get(url, headers, limit, cut=False)

        return self._follow(address, ask)

    def sitemaps(self, address: str) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of a site names."""
        url = parse(address)
        return self._server(url).rules(url, self._robots).sitemaps

    def stop(self) -> None:
        """End all waiting and all requests: what goes on ends with Stopped."""
        self._stop.set()
        for server in self._all():
            server.abort()

    def close(self) -> None:
        """Close all connections."""
        for server in self._all():
            server.close()

    def leave(self, address: str) -> None:
        """Close the connection to the host of an address, which is not needed for now."""
        self._server(parse(address)).close()

    def _all(self) -> list[Server]:
        with self._lock:
            return [*self._servers.values()]

    def _robots(self, address: str) -> Response:
        headers = {"User-Agent": self._settings.user_agent, "Accept-Encoding": "identity"}
        return self._follow(
            address, lambda url: self._server(url).get(url, headers, MAX_BYTES, cut=True)
        )

    def _follow(self, address: str, ask: Callable[[Url], Response]) -> Response:
        first = url = parse(address)
        for _ in range(MAX_REDIRECTS + 1):
            response = ask(url)
            if url.host != first.host:
                self._server(url).close()  # there may be thousands of such hosts
            if response.status not in REDIRECTS:
                return response
            url = _target(response)
        raise UnavailableError(f"redirects more than {MAX_REDIRECTS} times")

    def _server(self, url: Url) -> Server:
        with self._lock:
            return self._servers.setdefault(str(url.host), Server(self._settings, self._stop))


def _target(response: Response) -> Url:
    """Where a redirect goes.

    Raises:
        ForbiddenError: To no address of the web.
        UnavailableError: It does not say where to.
    """
    # http.client decodes headers as Latin-1; servers send UTF-8 in them
    location = response.header("location").encode("latin-1", "replace").decode(errors="replace")
    if not location:
        raise UnavailableError("redirects without saying where to")
    return parse(location, base=response.url)
