"""Earlier versions of articles: what the log keeps of a text after another one replaced it.

The log is a history of builds, not a part of what the seeds hold: an index that is built anew from
the same seeds starts an empty one. It is bounded for each article; see MAX_LOGGED and the others.
How it is ordered and settled is in `history/order.py`, its rows in `history/rows.py`.
"""

import datetime
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile
from typing import Protocol

from index.article import Article
from index.errors import StorageError
from index.passage import sentences

from .digest import of_text
from .records import REPAIR_HINT
from .stored import article_values, to_article

MAX_LOGGED = 1_000  # versions of one article; of older ones nothing is kept
MAX_TEXTS = 20  # of one article's versions, the newest, keep their texts
MAX_PACKED = 8_000_000  # bytes of one article's earlier texts, compressed, together
MODES = ("none", "note", "keep")
OF_EARLIER_TEXTS = "earlier"  # not for people: the mode of an index of earlier texts itself


@dataclass(frozen=True, slots=True)
class Version:
    """A text that an article had before; see `MAX_TEXTS` for how many texts are kept."""

    article_id: str
    digest: str  # of its text, in hexadecimal
    title: str | None
    date: datetime.date | None  # that the article stated then
    replaced: datetime.datetime  # when a build logged it, UTC
    stated: datetime.date  # the day that orders versions; see `stated_day`
    line: bool  # whether a dated line states it; else a build replaced it
    sentences: int  # that differ from the next newer text; 0 if there is none, or it is not kept
    against: str | None = None  # digest of that text; None if there is none, or it is not known
    packed: bytes | None = field(default=None, repr=False)  # None: its text is no longer kept

    @property
    def article(self) -> Article | None:
        """The article as it was, or None if its text is no longer kept.

        Raises:
            StorageError: The text is not the one that was logged.
        """
        if self.packed is None:
            return None
        try:
            article = to_article(json.loads(zlib.decompress(self.packed)))
        except (zlib.error, ValueError, TypeError) as error:
            raise self._damaged(error) from error
        if of_text(article.text).hex() != self.digest:
            raise self._damaged("another text")
        return article

    @property
    def text(self) -> str | None:
        """Its text, or None if that is no longer kept; errors as `article`."""
        article = self.article
        return article.text if article else None

    def _damaged(self, why: object) -> StorageError:
        return StorageError(
            f"an earlier version of '{self.article_id}' is damaged ({why}): {REPAIR_HINT}"
        )


class VersionReader(Protocol):
    """What a snapshot tells of earlier versions, and of articles that are published twice."""

    def versions(self, identity: str) -> list[Version]:
        """Return the earlier versions of an article that the log holds, newest first.

        Also those of an article that was removed; [] if the log knows nothing of the id.
        """

    def version_with_text(self, digest: bytes) -> Version | None:
        """Return the newest earlier version whose text has this digest and is kept, or None."""

    def last_versions(self, identities: Sequence[str]) -> dict[str, tuple[Version, int]]:
        """Return the newest version of each article with another text than it has now.

        Without its text, and with the number of versions from there on; articles without any are
        left out.
        """

    def all_versions(self) -> Iterator[Version]:
        """Yield the log by article id, newest first, reading one version at a time."""

    def count_versions(self) -> tuple[int, int]:
        """Count the versions in the log, and those of them whose texts are kept."""

    def same_url(self, identities: Sequence[str], most: int) -> dict[str, list[str]]:
        """Return the ids of other articles with the URL of each of these, sorted.

        At most `most`, any of them, are found for each; articles without any are left out.
        """

    def with_url(self, urls: Sequence[str], most: int) -> dict[str, list[str]]:
        """Return the ids of at most `most` articles with each of these URLs, sorted.

        URLs that no article has are left out.
        """


def with_other_text(versions: Sequence[Version], digest: str) -> list[Version]:
    """Return the versions, newest first, from the first whose text has another digest.

    An article that was removed and has come back has the text of its newest version again.
    """
    return list(dropwhile(lambda version: version.digest == digest, versions))


def version_of(
    earlier: Article, later: Article | None, now: datetime.datetime, line: bool = False
) -> Version:
    """Return what is logged of an article that `later` replaces; None if it is removed.

    Args:
        earlier: The article as it was. A line has a date.
        later: The article as it is next, as far as that is known by now.
        now: The time of the build, UTC.
        line: Whether a dated line of a file states it.
    """
    plain = json.dumps(article_values(earlier), ensure_ascii=False).encode()
    packed = zlib.compress(plain)
    return Version(
        earlier.id,
        of_text(earlier.text).hex(),
        earlier.title,
        earlier.date,
        now,
        stated_day(earlier, None if line else later, now),
        line,
        count_differing(earlier, later) if later else 0,
        of_text(later.text).hex() if later else None,
        packed if len(packed) <= MAX_PACKED else None,
    )


def stated_day(earlier: Article, later: Article | None, now: datetime.datetime) -> datetime.date:
    """Return by which day a version is stated: its own, or that of the build that replaced it.

    A version that a build replaced was there before what replaced it, so it is stated by no later
    day than that: a date may be mended, or be there for the first time.

    >>> now = datetime.datetime(2026, 11, 28, tzinfo=datetime.UTC)
    >>> old, new = (Article("a", None, "Fog.", datetime.date(2026, 11, day), "en", "a")
    ...             for day in (5, 3))
    >>> stated_day(old, None, now).day, stated_day(old, new, now).day
    (5, 3)
    """
    own = earlier.date or now.date()
    return min(own, later.date) if later and later.date else own


def count_differing(one: Article, other: Article) -> int:
    """Count the sentences that only one of two texts has, in the text that has more of them."""
    a, b = (Counter(sentences_of(article)) for article in (one, other))
    return max((a - b).total(), (b - a).total())


def sentences_of(article: Article) -> list[str]:
    """Return the sentences of an article's text in order, without the space between them."""
    text = article.text
    return [text[start:end] for start, end in sentences(text, article.language)]
