"""Requests to one host: one at a time, with pauses, tried again if the server is busy."""

import threading
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime

from urllib3.util import Url

from .connection import Connection, origin_of
from .failures import NotFetchedError, Stopped, UnavailableError
from .response import Response
from .robots import MAX_DELAY, Rules
from .settings import Settings

ATTEMPTS = 3
BACKOFF = 2.0  # seconds before the second attempt, twice as many before the third
PATIENCE = 60  # seconds that are waited if the server asks for it; beyond, the run goes on without
MAX_FAILURES = 5  # in a row, after which the host is left alone for this run
BUSY = {429, 500, 502, 503, 504}

Connect = Callable[[Url], Connection]


class Server:
    """A host with its pauses, its robots.txt and its one connection; for several threads."""

    def __init__(self, settings: Settings, stop: threading.Event) -> None:
        self._settings, self._stop = settings, stop
        self._pause = settings.rate
        self._ready = 0.0  # when the next request may be made, by time.monotonic
        self._connection: Connection | None = None
        self._requesting, self._reading_rules = threading.Lock(), threading.Lock()
        self._rules: dict[str, Rules | NotFetchedError] = {}  # by origin
        self._failures, self._given_up = 0, ""

    def rules(self, url: Url, ask: Callable[[str], Response]) -> Rules:
        """Return the robots.txt for `url`, asking for it the first time.

        Args:
            url: The address of a page.
            ask: Gets an address, following redirects, without looking at rules.

        Raises:
            NotFetchedError: It cannot be read, or asks for pauses that are too long.
        """
        origin = origin_of(url)
        with self._reading_rules:
            if origin not in self._rules:
                try:
                    self._rules[origin] = rules = Rules.of(ask(f"{origin}/robots.txt"))
                    self._pause = max(self._pause, rules.delay)
                except NotFetchedError as error:
                    self._rules[origin] = type(error)(f"{error} (asking for its robots.txt)")
            found = self._rules[origin]
        if isinstance(found, NotFetchedError):
            raise found
        if self._pause > max(MAX_DELAY, self._settings.rate):
            raise UnavailableError(f"is on a site that asks for {self._pause:g} s between pages")
        return found

    def get(self, url: Url, headers: Mapping[str, str], limit: int, *, cut: bool) -> Response:
        """Make a request when it is time, and again if it fails; see `Connection.get`.

        Raises:
            NotFetchedError: It failed for good, or the host has been given up.
            Stopped: The run ends.
        """
        with self._requesting:
            for attempt in range(ATTEMPTS):
                pause = BACKOFF * 2**attempt
                try:
                    response = self._try(url, headers, limit, cut=cut)
                except UnavailableError as error:
                    failure = error
                else:
                    if response.status not in BUSY:
                        self._failures = 0
                        return response
                    failure = UnavailableError(f"answered {response.status} {response.reason}")
                    pause = max(pause, _retry_after(response))
                if pause > PATIENCE:
                    self._given_up = f"is on a server that asks to wait {pause:.0f} seconds"
                    raise UnavailableError(self._given_up)
                self._ready = max(self._ready, time.monotonic() + pause)
            self._failures += 1
            if self._failures >= MAX_FAILURES:
                self._given_up = f"is on a server that failed {MAX_FAILURES} times in a row"
            raise failure

    def abort(self) -> None:
        """Make a request of another thread fail; the run ends."""
        if connection := self._connection:
            connection.abort()

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        with self._requesting:
            self._close()

    def _close(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def _try(self, url: Url, headers: Mapping[str, str], limit: int, *, cut: bool) -> Response:
        if self._given_up:
            raise UnavailableError(self._given_up)
        if self._stop.wait(max(0.0, self._ready - time.monotonic())) or self._stop.is_set():
            raise Stopped
        try:
            if self._connection is None or self._connection.origin != origin_of(url):
                self._close()
                private = self._settings.allow_private
                self._connection = Connection(url, allow_private=private)
            response = self._connection.get(url, headers, limit, cut=cut)
        except Exception:
            self._close()  # what is left of a response must not be taken for the next one
            raise
        finally:
            self._ready = time.monotonic() + self._pause
        if self._stop.is_set():  # what was read may look whole
            raise Stopped
        if cut and len(response.body) == limit:
            self._close()
        return response


def _retry_after(response: Response) -> float:
    """The seconds that a busy server asks to wait, 0 if it says nothing that is understood."""
    value = response.header("retry-after")
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        return parsedate_to_datetime(value).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError):
        return 0.0
