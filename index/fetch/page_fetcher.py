"""Fetch one page and store it; decide whether it is asked for at all."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from index.formats.limits import MAX_ARTICLE
from index.formats.web.warc import PAGES

from . import pages
from .failures import (
    DisallowedError,
    ForbiddenError,
    NotFetchedError,
    UnavailableError,
    UnfitError,
    parsing_untrusted,
)
from .lists.entries import Entry
from .report import FetchReport, Named
from .response import Response
from .settings import Settings
from .state import GONE, STORED, UNFIT, Known, State
from .visitor import Visitor


class PageFetcher:
    """Fetches pages into a seeds folder, for several threads."""

    def __init__(
        self, seeds: Path, settings: Settings, state: State, visitor: Visitor, report: FetchReport
    ) -> None:
        self._seeds, self._settings, self._state = seeds, settings, state
        self._visitor, self._report = visitor, report
        self._lock = threading.Lock()  # of the state and the report
        self._named: Mapping[type[NotFetchedError], Named] = {
            DisallowedError: report.disallowed,
            ForbiddenError: report.forbidden,
            UnfitError: report.unfit,
            UnavailableError: report.failed,
        }

    def is_wanted(self, url: str, entry: Entry) -> bool:
        """Whether to ask for a page: it is new, or it is said to have changed since."""
        known = self._state.get(url)
        if known is None or self._settings.refresh or entry.stated > known.stated:
            return True
        if known.status == GONE:
            self._report.gone += 1
        else:
            self._report.known += 1
        return False

    def fetch(self, url: str, entry: Entry) -> None:
        """Ask for a page, store it, and note what happened.

        Raises:
            StorageError: The disk is full or read-only.
            Stopped: The run ends.
        """
        known = self._state.get(url) or Known(url, "")
        try:
            with parsing_untrusted():
                response = self._visitor.get(url, self._conditions(known))
                outcome = self._outcome(response, known, entry)
        except NotFetchedError as error:
            with self._lock:
                self._named[type(error)].append((url, str(error)))
                if isinstance(error, UnfitError):
                    self._remember(replace(known, status=UNFIT, why=str(error)), entry)
            return
        with self._lock:
            self._remember(outcome, entry)

    def _conditions(self, known: Known) -> dict[str, str]:
        whole = known.status == STORED and self._is_stored(known)
        return known.conditions if whole else {}

    def _outcome(self, response: Response, known: Known, entry: Entry) -> Known:
        """Return what is known now of a page, which is stored if it is new."""
        if response.status == 304 and known.status == STORED:
            with self._lock:
                self._report.unchanged += 1
            return known
        if response.status in (404, 410):
            with self._lock:
                self._report.gone += 1
            return replace(known, status=GONE)  # what is stored of it stays
        _check(response)
        digest = pages.digest_of(response)
        if digest == known.digest and self._is_stored(known):
            with self._lock:
                self._report.unchanged += 1
        else:
            name = pages.file_name(known.url)
            temporary = self._state.folder / f"{name.replace('/', '_')}.new"
            pages.store(self._seeds, temporary, name, entry, response)
            with self._lock:
                self._report.fetched.append(name)
        etag, modified = response.header("etag"), response.header("last-modified")
        return Known(known.url, STORED, "", etag, modified, digest)

    def _is_stored(self, known: Known) -> bool:
        return (self._seeds / pages.file_name(known.url)).is_file()

    def _remember(self, known: Known, entry: Entry) -> None:
        self._state.put(replace(known, stated=max(entry.stated, known.stated)))


def _check(response: Response) -> None:
    """Raise NotFetchedError for what is no page that the index reads."""
    status = f"answered {response.status} {response.reason}".strip()
    if response.status >= 500 or response.status < 200:
        raise UnavailableError(status)
    if response.status != 200:
        raise UnfitError(status)
    kind = response.header("content-type").partition(";")[0].strip().lower()
    if kind not in PAGES:
        raise UnfitError(f"is of the kind '{kind[:100]}', not {', '.join(sorted(PAGES))}")
    if not response.content(MAX_ARTICLE).strip():
        raise UnavailableError("is empty, as if cut short")
