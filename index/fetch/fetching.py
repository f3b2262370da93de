"""One run: read the lists, choose the pages, fetch them host by host, and store them."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

from tqdm import tqdm

from index.errors import ArchiveError

from . import state as states
from .addresses import parse
from .failures import Stopped, UnavailableError
from .lists.entries import Entry
from .lists.reading import MAX_LIST
from .lists.walking import Walker
from .page_fetcher import PageFetcher
from .report import FetchReport
from .response import Response
from .settings import Settings
from .state import LIST, Known, State
from .visitor import Visitor

HOSTS = 8  # that are asked at the same time

Chosen = list[tuple[str, Entry]]


def fetch(
    addresses: Sequence[str],
    into: str | Path = "seeds",
    settings: Settings | None = None,
    *,
    progress: bool = False,
) -> FetchReport:
    """Fetch the pages that feeds and sitemaps name into a seeds folder.

    Args:
        addresses: Feeds, sitemaps, or home pages that name feeds.
        into: The seeds folder; it is made if it is missing.
        settings: The options; None: the defaults.
        progress: Whether to show a progress bar.

    Raises:
        ArchiveError: An address is malformed, or another process fetches into the folder.
        StorageError: The folder cannot be written.
    """
    settings = settings or Settings()
    for address in addresses:
        try:
            parse(address)
        except ArchiveError as error:
            raise ArchiveError(f"'{address}' {error}") from None
    with states.opened(Path(into)) as state:
        return _Run(Path(into), settings, state).run(addresses, progress)


class _Run:
    def __init__(self, seeds: Path, settings: Settings, state: State) -> None:
        self._settings, self._state = settings, state
        self._visitor = Visitor(settings)
        self._report = FetchReport()
        self._pages = PageFetcher(seeds, settings, state, self._visitor, self._report)

    def run(self, addresses: Sequence[str], progress: bool) -> FetchReport:
        try:
            since = self._settings.since
            with tqdm(desc="reading", unit=" lists", disable=not progress, delay=1) as bar:

                def get(address: str) -> Response:
                    bar.update()
                    return self._list(address)

                walker = Walker(get, self._visitor.sitemaps, since.isoformat() if since else "")
                for address in addresses:
                    walker.follow(str(parse(address)))
            walk = walker.walk
            self._report.lists, self._report.lists_unchanged = walk.read, walk.unchanged
            self._report.failed += walk.failed
            self._report.forbidden += walk.bad
            self._report.skipped, self._report.over_limit = walk.skipped, walk.left_out
            self._fetch_all(self._choose(walk.pages), progress)
            self._remember(walk.complete)
        finally:
            self._visitor.close()
        return self._report

    def _list(self, address: str) -> Response:
        """Get a list, unless it has not changed since all its pages were fetched."""
        known, conditions = self._state.get(address), {}
        done = known is not None and known.selection == self._settings.selection
        if known is not None and done and not self._settings.refresh:
            conditions = known.conditions
        response = self._visitor.get(address, conditions, MAX_LIST)
        if response.status == 304 and not conditions:
            raise UnavailableError("answered 304 Not Modified without being asked")
        return response

    def _choose(self, pages: dict[str, Entry]) -> Chosen:
        """Return the pages to ask for, the newest first."""
        since = self._settings.since.isoformat() if self._settings.since else ""
        chosen: Chosen = []
        for url, entry in pages.items():
            if since and entry.day and entry.day < since:
                self._report.older += 1
            elif not self._settings.matches(url):
                self._report.unmatched += 1
            elif self._pages.is_wanted(url, entry):
                chosen.append((url, entry))
        chosen.sort(key=lambda pair: pair[1].day, reverse=True)  # stable: else as listed
        limit = self._settings.limit
        if limit is not None and len(chosen) > limit:
            self._report.over_limit += len(chosen) - limit
            del chosen[limit:]
        return chosen

    def _fetch_all(self, chosen: Chosen, progress: bool) -> None:
        hosts: dict[str, Chosen] = defaultdict(list)
        for url, entry in chosen:
            hosts[str(parse(url).host)].append((url, entry))
        with tqdm(
            total=len(chosen), desc="fetching", unit=" pages", disable=not progress, delay=1
        ) as bar:
            lock = threading.Lock()

            def fetch_host(pages: Chosen) -> None:
                for url, entry in pages:
                    self._pages.fetch(url, entry)
                    with lock:
                        bar.update()
                self._visitor.leave(pages[0][0])

            pool = ThreadPoolExecutor(HOSTS)
            try:
                self._await([pool.submit(fetch_host, pages) for pages in hosts.values()])
            finally:
                self._visitor.stop()  # in vain if all are done
                pool.shutdown(cancel_futures=True)

    def _await(self, futures: Iterable["Future[None]"]) -> None:
        """Wait for all; the first error ends the run."""
        ahead = set(futures)
        while ahead:
            done, ahead = wait(ahead, timeout=0.5, return_when="FIRST_EXCEPTION")
            for future in done:
                if not isinstance(future.exception(), Stopped):
                    future.result()

    def _remember(self, lists: dict[str, Response]) -> None:
        """Note lists of which every page is done, so that they may answer 304 next time."""
        report = self._report
        if report.failed or report.over_limit:
            return
        for address, response in lists.items():
            etag, modified = response.header("etag"), response.header("last-modified")
            if etag or modified:
                key = self._settings.selection
                self._state.put(Known(address, LIST, etag=etag, modified=modified, selection=key))
