"""`Catalogue`: the articles of an open index, by id, in order, as a table, and counted.

Answers no questions; `Archive` (`qa/archive.py`) adds that.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from index.article import Article
from index.errors import ArchiveError
from index.passage import Passage, passages
from index.store.base.article_page import ArticlePage, PageRequest
from index.store.base.protocol import Store, Version
from index.store.base.search_filter import UNSTORABLE, SearchFilter, unknown_article
from index.store.base.settings import Settings
from index.store.doors import folder_of
from index.store.several.part import NotAsked, require_all
from index.store.several.snapshot import missing_archives
from index.store.several.store import SeveralStore, narrowed
from qa.audit.citations_in import Found
from qa.audit.locating import SOUND, Evidence, locate
from qa.audit.verifying import Verdict, verdicts
from qa.facets.reading import NameIndex
from qa.facets.table import NameTable
from qa.permalink import link_to, parse
from qa.source_view.finding import Source, SourceFinder
from qa.source_view.problems import SourceError

__all__ = ["Catalogue", "unknown_article"]


class Catalogue:
    """Access to the articles; each call sees the latest finished build."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.sources: SourceFinder | None = None  # opens sources; the index knows no seeds folder
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
    def keeps_earlier(self) -> bool:
        """Whether the earlier texts of articles are kept to be searched."""
        return self.settings.versions == "keep"

    @property
    def folder(self) -> Path:
        """The folder of the index. Raises ArchiveError for an index that is in a database."""
        folder = folder_of(self.place)
        if folder is None:
            raise ArchiveError(f"the index '{self.where}' is in a database, not in a folder")
        return folder

    @property
    def archives(self) -> tuple[str, ...]:
        """The names of several archives that are open together; () for one."""
        return self._store.names if isinstance(self._store, SeveralStore) else ()

    def not_asked(self, archive: str = "") -> tuple[NotAsked, ...]:
        """Return which of several archives, or of the one named, cannot be asked now, and why."""
        with narrowed(self._store, SearchFilter.of(archive=archive))[0].snapshot() as snapshot:
            return missing_archives(snapshot)

    def article(self, id: str, archive: str = "") -> Article:
        """Return the article with this id.

        Of several archives, the id is NAME:ID, or ID if only one of them has it or `archive` names
        it. Raises UnknownArticleError if there is none, ArchiveError if there is more than one.
        """
        if UNSTORABLE.search(id):
            raise unknown_article(id)
        store, _ = narrowed(self._store, SearchFilter.of(archive=archive))
        with store.snapshot() as snapshot:
            article = snapshot.article(id)
        if article is None:
            raise unknown_article(id)
        return article

    def passages(self, id: str, first: int, most: int) -> list[Passage]:
        """Return `most` passages of an article in order, from the one at position `first` on.

        They are cut again, as a build of today would. Errors as `article`.
        """
        article = self.article(id)
        return list(islice(passages(article, self.settings.passage_tokens), first, first + most))

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

    def source(self, id: str, seeds: str | os.PathLike[str] | None = None) -> Source:
        """Return the file that an article is from, or what belongs to it in a file of many.

        Args:
            id: The article's id.
            seeds: The seeds folder; by default that of `sources`.

        Raises:
            ArchiveError: There is no such article, or its source is gone, changed or closed.
        """
        article = self.article(id)
        finder = self.sources if seeds is None else SourceFinder(Path(seeds))
        if finder is None:
            raise SourceError("off", article.place or article.path)
        return finder.find(article, self.settings)

    def permalink(self, id: str) -> str:
        """Return the address of a whole article, relative to the page's; errors as `article`."""
        return str(link_to(self.article(id)))

    def locate(self, permalink: str) -> Evidence:
        """Return what became of the text that a permalink cites, bounded in time.

        Raises ArchiveError if it is malformed, or an archive that may hold it is not there.
        """
        link = parse(permalink)
        with self._store.snapshot() as snapshot:
            snapshot.settings.require_terms(self.where)
            evidence = locate(snapshot, link)
            if evidence.status not in SOUND:  # it may stand in an archive that was not asked
                require_all(missing_archives(snapshot))
            return evidence

    def verify(self, citations: Iterable[Found]) -> list[Verdict]:
        """Return what became of each of these citations (`qa/audit/citations_in.py`), in order."""
        with self._store.snapshot() as snapshot:
            snapshot.settings.require_terms(self.where)
            return verdicts(snapshot, citations)

    def articles(self) -> Iterator[Article]:
        """Yield all articles by id, one at a time."""
        with self._store.snapshot() as snapshot:
            yield from snapshot.articles()

    def listing(self, request: PageRequest) -> ArticlePage:
        """Return one page of the table of articles, filtered and sorted; errors as `resolved`."""
        narrowed(self._store, SearchFilter.of(archive=request.archive))  # there is such an archive
        if not request.can_match:
            return ArticlePage((), 0)
        request = replace(request, only=self.resolved(request.only))
        with self._store.snapshot() as snapshot:
            return snapshot.listing(request)

    def resolved(self, only: SearchFilter) -> SearchFilter:
        """Return a filter with the articles that have its names; ArchiveError if none has one."""
        if not only.names:
            return only
        if self.archives:
            raise ArchiveError("names are known of one archive alone: leave out the others")
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
