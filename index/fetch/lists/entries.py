"""What a list says of the pages it names."""

import datetime
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from index.formats.dates import parse_day

FEED, SITEMAP, SITEMAP_INDEX, HOME_PAGE = "feed", "sitemap", "sitemap index", "home page"


@dataclass(frozen=True, slots=True)
class Entry:
    """A page, or a further list, that a list names."""

    url: str  # perhaps relative to the list
    published: datetime.date | None = None
    stated: str = ""  # UTC, when it last changed; later is greater, "" if unknown

    @property
    def day(self) -> str:
        """The last day that is known of it, such as "2025-10-28", or ""."""
        return max(self.stated[:10], self.published.isoformat() if self.published else "")


@dataclass(frozen=True, slots=True)
class Listing:
    """One list that was read."""

    kind: str
    pages: tuple[Entry, ...] = ()
    lists: tuple[Entry, ...] = ()  # further lists
    skipped: int = 0  # entries that could not be read or were over the limit


def entry(url: str, published: str = "", changed: str = "") -> Entry:
    """Return an entry; dates that are not understood do not count.

    >>> entry("/a", "Tue, 28 Oct 2025 23:30:00 -0500").stated
    '2025-10-29T04:30:00'
    """
    stated = max(_utc(published), _utc(changed))
    return Entry(url.strip(), parse_day(published) if published else None, stated)


def _utc(text: str) -> str:
    """The time that a text states, in a form that sorts."""
    text = text.strip()[:100]
    for parse in (datetime.datetime.fromisoformat, parsedate_to_datetime):
        try:
            time = parse(text)
            if time.tzinfo:
                time = time.astimezone(datetime.UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        return time.replace(tzinfo=None, microsecond=0).isoformat()
    day = parse_day(text) if text else None
    return day.isoformat() if day else ""
