"""Reads the names of an archive's articles, only of those that are new, and holds the table.

Names are read when they are first asked for, not by a build: that costs a build nothing, and holds
for every index in whatever store. Articles that a later build did not change are not read again,
nor after a restart (`cache.py`).
"""

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterator

from index.article import Article
from index.errors import ArchiveError
from index.store.base.protocol import Store

from . import cache
from .table import NameTable, ReadArticle

FEW = 300  # articles that are read while somebody waits
BATCH = 25  # articles between two looks at the clock
SHOWN_EVERY = 2_000  # articles after which the page may show more
Progress = Callable[[int, int], None]  # articles read, of how many


class NameIndex:
    """The names of one archive, read again when a build has published something."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._reading = threading.Lock()  # held by whoever reads
        self._read: dict[str, ReadArticle] = {}
        self._table: NameTable | None = None
        self._revision: tuple[str, int] | None = None  # of `_table`, once it is complete

    def table(self, progress: Progress | None = None) -> NameTable:
        """Return the names of all articles; the first call reads them, which may take minutes."""
        with self._reading:
            if self._table is None or self._revision != self._current():
                self._update(progress, considerate=False)
            assert self._table is not None
            return self._table

    def table_so_far(self) -> NameTable:
        """Return the names that are known now; those of many new articles are read meanwhile."""
        if self._table is not None and self._revision == self._current():
            return self._table
        if self._reading.acquire(blocking=False):
            meanwhile = False
            try:
                if self._few_are_new():
                    self._update(None, considerate=False)
                else:  # the thread takes the lock over
                    threading.Thread(target=self._update_meanwhile, daemon=True).start()
                    meanwhile = True
            finally:
                if not meanwhile:
                    self._reading.release()
        return self._table or NameTable([], self._count())

    def _update_meanwhile(self) -> None:
        try:
            self._update(None, considerate=True)
        except ArchiveError as error:
            logging.warning("the names of the articles could not be read: %s", error)
        finally:
            self._reading.release()

    def _few_are_new(self) -> bool:
        self._load()
        return self._revision == self._current() or self._count() - len(self._read) <= FEW

    def _load(self) -> None:
        """Take what is kept from earlier, once."""
        if self._read or self._table is not None:
            return
        if kept := cache.load(self._store.place):
            self._read = kept.articles
            if kept.revision == self._current() and kept.revision[0]:  # "" in old indexes
                self._table, self._revision = NameTable(self._read.values()), kept.revision

    def _update(self, progress: Progress | None, considerate: bool) -> None:
        """Read what is new, and publish the table.

        Args:
            progress: Is told how many articles are read, of how many.
            considerate: Rest as long as was worked, for those whose questions are answered.
        """
        self._load()
        revision = self._current()
        if self._revision == revision:
            return
        current: dict[str, ReadArticle] = {}
        total, fresh, started = self._count(), 0, time.monotonic()
        for article in self._articles():
            digest = digest_of(article)
            known = self._read.get(article.id)
            if known is None or known.digest != digest:
                known, fresh = read_article(article, digest), fresh + 1
            current[article.id] = known
            if len(current) % SHOWN_EVERY == 0 and fresh:
                self._table = NameTable(current.values(), total)
            if progress and len(current) % BATCH == 0:
                progress(len(current), total)
            if considerate and fresh and fresh % BATCH == 0:
                time.sleep(min(1.0, time.monotonic() - started))
                started = time.monotonic()
        self._read = current
        self._table, self._revision = NameTable(current.values()), revision
        if fresh > FEW or (fresh and len(current) > FEW):
            cache.save(self._store.place, revision, current.values())

    def _articles(self) -> Iterator[Article]:
        with self._store.snapshot() as snapshot:
            yield from snapshot.articles()

    def _count(self) -> int:
        with self._store.snapshot() as snapshot:
            return snapshot.count_articles()

    def _current(self) -> tuple[str, int]:
        settings = self._store.settings
        return settings.identity, settings.generation


def read_article(article: Article, digest: str = "") -> ReadArticle:
    """Return the names of an article, as they are kept."""
    from .names.article_names import read_names  # loads dictionaries, which takes a second

    names, days = read_names(article)
    date = article.date.isoformat() if article.date else None
    return ReadArticle(
        article.id, digest or digest_of(article), date, article.language, names, days
    )


def digest_of(article: Article) -> str:
    """Return a digest of all of an article that its names depend on."""
    about = f"{article.title}\0{article.date}\0{article.language}\0{article.text}"
    return hashlib.blake2b(about.encode(), digest_size=12).hexdigest()
