"""Permalinks: the address of a piece of an article, by what it says rather than by where it is.

`/#/a/<digest of the article's text>/<start>-<end>?q=<the quoted text>`. Whether the archive still
says so is for `qa/audit` to find out: a link comes from anybody, and may be wrong or forged.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

from index.article import Article
from index.errors import ArchiveError
from index.store.base.digest import of_text

MAX_QUOTE = 1000  # code points; of a longer citation the link quotes the beginning
MAX_LINK = 14_000  # characters: such a quote takes up to 12 for each code point
# What `quote` leaves, but mail programs take for the end of a sentence, and Markdown for emphasis
MARKS = str.maketrans({".": "%2E", "_": "%5F", "~": "%7E"})
PREFIX = "/#/a/"
FORM = re.compile(r"/#/a/([0-9a-f]{32})/([0-9]{1,9})-([0-9]{1,9})(?:\?q=([\w.~%+-]*))?")


@dataclass(frozen=True, slots=True)
class Permalink:
    """A piece of an article; offsets are code points into the text with this digest."""

    digest: str  # 32 hexadecimal digits
    start: int
    end: int
    quote: str = ""  # the text there, or its first MAX_QUOTE code points; "" if the link has none

    def __str__(self) -> str:
        """Return the address, relative to that of the page."""
        quoted = quote(self.quote, safe="").translate(MARKS)
        query = f"?q={quoted}" if quoted else ""
        return f"{PREFIX}{self.digest}/{self.start}-{self.end}{query}"

    @property
    def whole(self) -> bool:
        """Whether the link quotes all of the text that it cites."""
        return len(self.quote) == self.end - self.start


def digest_of(article: Article) -> str:
    """Return the digest of an article's text in hexadecimal."""
    return _digest(article.text)


@lru_cache(maxsize=4)  # the passages of a search often share an article, which may be 10 MB long
def _digest(text: str) -> str:
    return of_text(text).hex()


def link_to(article: Article, start: int = 0, end: int | None = None) -> Permalink:
    """Return the permalink of `article.text[start:end]`, by default of the whole article."""
    end = len(article.text) if end is None else end
    quoted = article.text[start : min(end, start + MAX_QUOTE)]
    return Permalink(digest_of(article), start, end, quoted)


def permalink_of(digest: str, start: int, end: int, text: str) -> str | None:
    """Return the address of a cited text, or None if its article's digest is not known."""
    return str(Permalink(digest, start, end, text[:MAX_QUOTE])) if digest else None


def parse(address: str) -> Permalink:
    """Parse a permalink, with or without the address of a page before it.

    Raises:
        ArchiveError: It is too long or not of the form above.
    """
    found = FORM.search(address) if len(address) <= MAX_LINK else None
    if found is None or found.end() != len(address):
        raise _malformed(address)
    digest, start, end, quoted = found.groups(default="")
    try:
        link = Permalink(digest, int(start), int(end), unquote(quoted, errors="strict"))
    except UnicodeDecodeError:
        raise _malformed(address) from None
    if link.start > link.end or len(link.quote) > MAX_QUOTE:
        raise _malformed(address)
    return link


def _malformed(address: str) -> ArchiveError:
    shown = address if len(address) <= 80 else f"{address[:79]}…"
    return ArchiveError(
        f"'{shown}' is no permalink of an archive: it should look like "
        f"{PREFIX}(32 digits 0-9a-f)/(start)-(end)?q=(the quoted text), copied whole"
    )
