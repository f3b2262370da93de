"""From the addresses that the user named to the pages that their lists name."""

from collections.abc import Callable
from dataclasses import dataclass, field

from index.fetch.addresses import parse
from index.fetch.failures import (
    NotFetchedError,
    UnavailableError,
    UnfitError,
    parsing_untrusted,
)
from index.fetch.response import Response

from .entries import HOME_PAGE, Entry, Listing
from .reading import MAX_LIST, read_list

MAX_LISTS = 1_000  # lists that one address may lead to
MAX_PAGES = 500_000  # pages of one run

Get = Callable[[str], Response]  # a list's response: 200, or 304 if it did not change


@dataclass
class Walk:
    """What was found on the way."""

    pages: dict[str, Entry] = field(default_factory=dict)  # by normalised address
    read: list[tuple[str, str, int]] = field(default_factory=list)  # list, kind, entries
    unchanged: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)  # lists
    bad: list[tuple[str, str]] = field(default_factory=list)  # addresses of pages
    skipped: int = 0  # entries without an address, or over the limit of a list
    left_out: int = 0  # pages over MAX_PAGES
    complete: dict[str, Response] = field(default_factory=dict)  # lists that name no other list


class Walker:
    """Reads lists, and the lists that they name, in order."""

    def __init__(self, get: Get, sitemaps: Callable[[str], tuple[str, ...]], since: str) -> None:
        """Prepare.

        Args:
            get: Gets a list.
            sitemaps: The sitemaps that a site's robots.txt names.
            since: A day; sitemaps that are known to be older are not asked for.
        """
        self._get, self._sitemaps, self._since = get, sitemaps, since
        self.walk = Walk()
        self._seen: set[str] = set()

    def follow(self, address: str) -> None:
        """Read the list at an address and those that it leads to."""
        lists = [address]
        for url in lists:  # which grows meanwhile
            if url in self._seen:
                continue
            self._seen.add(url)
            try:
                with parsing_untrusted():
                    lists += self._read(url)
            except NotFetchedError as error:
                self.walk.failed.append((url, str(error)))
            if len(lists) > MAX_LISTS:
                self.walk.failed.append((address, f"leads to over {MAX_LISTS} lists"))
                del lists[MAX_LISTS:]

    def _read(self, address: str) -> list[str]:
        """Read one list; return the addresses of further ones."""
        response = self._get(address)
        if response.status == 304:
            self.walk.unchanged.append(address)
            return []
        if response.status != 200:
            raise UnavailableError(f"answered {response.status} {response.reason}".strip())
        listing = read_list(response.content(MAX_LIST))
        if listing.kind == HOME_PAGE and not listing.lists:
            listing = self._from_robots(response.url)
        self.walk.read.append((address, listing.kind, len(listing.pages) + len(listing.lists)))
        self.walk.skipped += listing.skipped
        for page in listing.pages:
            self._add(page, response.url)
        if not listing.lists:
            self.walk.complete[address] = response
        return self._further(listing, response.url)

    def _from_robots(self, address: str) -> Listing:
        found = self._sitemaps(address)
        if not found:
            raise UnfitError("is a page that names no feed: name its feed or sitemap instead")
        return Listing(HOME_PAGE, (), tuple(map(Entry, found)))

    def _further(self, listing: Listing, base: str) -> list[str]:
        addresses = []
        for entry in listing.lists:
            if self._since and entry.stated and entry.stated[:10] < self._since:
                continue
            try:
                addresses.append(str(parse(entry.url, base)))
            except NotFetchedError as error:
                self.walk.failed.append((entry.url, str(error)))
        return addresses

    def _add(self, page: Entry, base: str) -> None:
        try:
            address = str(parse(page.url, base))
        except NotFetchedError as error:
            self.walk.bad.append((page.url, str(error)))
            return
        known = self.walk.pages.get(address)
        if known is not None:  # a feed may say what a sitemap does not
            published = known.published or page.published
            page = Entry(address, published, max(known.stated, page.stated))
        elif len(self.walk.pages) >= MAX_PAGES:
            self.walk.left_out += 1
            return
        self.walk.pages[address] = page
