"""`Catalogue`: the articles of an open index, by id, in order, as a table, and counted.

Answers no questions; `Archive` (`qa/archive.py`) adds that.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from index.article import Article
from index.errors import ArchiveError
from index.store.base.article_page import ArticlePage, PageRequest
from index.store.base.protocol import Store, Version
from index.store.base.search_filter import UNSTORABLE, SearchFilter, unknown_article
from index.store.base.settings import Settings
from index.store.doors import find_earlier_texts, folder_of
from qa.audit.locating import Evidence, locate
from qa.facets.reading import NameIndex
from qa.facets.table import NameTable
from qa.permalink import link_to, parse

__all__ = ["Catalogue", "unknown_article"]


class Catalogue:
    """Access to the articles; each call sees the latest finished build."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.names = NameIndex(store)  # what the articles name

    @property
    def where(self) -> str:
        """The folder or address of the index."""
        return self._store.where

    @property
    def place(self) -> str:
        """What opens the index again; an address may hold a password, so it is never shown."""
        return self._store.place

    @property
    def settings(self) -> Settings:
        """How the index was made, and by which build, as of now."""
        return self._store.settings

    @property
    def folder(self) -> Path:
        """The folder of the index. Raises ArchiveError for an index that is in a database."""
        folder = folder_of(self.place)
        if folder is None:
            raise ArchiveError(f"the index '{self.where}' is in a database, not in a folder")
        return folder

    def article(self, id: str) -> Article:
        """Return the article with this id; raises ArchiveError if there is none."""
        if UNSTORABLE.search(id):
            raise unknown_article(id)
        with self._store.snapshot() as snapshot:
            article = snapshot.article(id)
        if article is None:
            raise unknown_article(id)
        return article

    def versions(self, id: str) -> list[Version]:
        """Return the earlier versions of an article, newest first.

        They are those that builds of this index have replaced or removed; an index that is built
        anew knows of none. Raises ArchiveError for an id that no article has or had.
        """
        if UNSTORABLE.search(id):
            raise unknown_article(id)
        with self._store.snapshot() as snapshot:
            found = snapshot.versions(id)
            if not found and snapshot.article(id) is None:
                raise unknown_article(id)
        return found

    def permalink(self, id: str) -> str:
        """Return the address of a whole article, relative to the page's; errors as `article`."""
        return str(link_to(self.article(id)))

    def locate(self, permalink: str) -> Evidence:
        """Return what became of the text that a permalink cites, bounded in time.

        Raises:
            ArchiveError: The permalink is malformed.
        """
        link = parse(permalink)
        with self._store.snapshot() as snapshot:
            snapshot.settings.require_terms(self.where)
            return locate(snapshot, link)

    def articles(self) -> Iterator[Article]:
        """Yield all articles by id, reading them one at a time."""
        with self._store.snapshot() as snapshot:
            yield from snapshot.articles()

    def listing(self, request: PageRequest) -> ArticlePage:
        """Return one page of the table of articles; the database filters and sorts it.

        Raises:
            ArchiveError: No article has one of the names that `request.only` asks for.
        """
        if not request.can_match:
            return ArticlePage((), 0)
        request = replace(request, only=self.resolved(request.only))
        with self._store.snapshot() as snapshot:
            return snapshot.listing(request)

    def resolved(self, only: SearchFilter) -> SearchFilter:
        """Return a filter with the articles that have its names, as a store needs it.

        Raises:
            ArchiveError: No article has one of the names.
        """
        if not only.names:
            return only
        return replace(only, among=self.names_to_search().ids(only.names))

    def names_to_search(self) -> NameTable:
        """Return the names by which a search is limited: all, even if they must be read first."""
        return self.names.table()

    def titles(self, limit: int) -> list[tuple[str, str]]:
        """Return (title, or place if it has none; id) of the first `limit` articles by id."""
        with self._store.snapshot() as snapshot:
            return snapshot.titles(limit)

    def languages(self) -> list[str]:
        """Return the codes of the passages' languages, as far as they are known."""
        with self._store.snapshot() as snapshot:
            return snapshot.languages()

    def count_undated(self) -> int:
        """Count the articles without a date, which no range of days includes."""
        with self._store.snapshot() as snapshot:
            return snapshot.count_undated()

    def __len__(self) -> int:
        with self._store.snapshot() as snapshot:
            return snapshot.count_articles()

    def _earlier_texts(self) -> Store:
        settings = self.settings
        store = find_earlier_texts(self.place) if settings.versions == "keep" else None
        if store is None:
            raise ArchiveError(
                f"the index '{self.where}' keeps no earlier texts to search: build it with  "
                f"archive-qa build SEEDS --index {self.where} --versions keep"
            )
        made = store.settings
        if any(getattr(made, n) != getattr(settings, n) for n in ("encoder", "revision", "terms")):
            raise ArchiveError(
                f"the earlier texts of the index '{self.where}' are not up to date: build it again "
                f"with  archive-qa build SEEDS --index {self.where}"
            )
        return store
