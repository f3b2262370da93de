"""Articles of several archives: by id, listed, counted."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from index.article import Article
from index.errors import ArchiveError
from index.passage import Passage
from index.store.base.article_page import ArticlePage, PageRequest
from index.store.base.search_filter import SearchFilter

from .listing import merged_page
from .log_queries import LogQueries
from .names import joined, parted
from .part import Part


class ArticleQueries(LogQueries):
    """The part of a snapshot of several archives that ranks nothing."""

    def article(self, identity: str) -> Article | None:
        """Return the article with this id, or None.

        An id without its archive's name does if one archive has it.

        Raises:
            ArchiveError: Several archives have it; the message names them.
            PartFailedError: It is of an archive that cannot be asked.
        """
        for part, own in self._candidates(identity, named=True):
            if article := part.snapshot.article(own):
                return part.article(article)
        found = [
            part.article(article)
            for part, own in self._candidates(identity, named=False)
            if (article := part.snapshot.article(own))
        ]
        if len(found) > 1:
            raise ArchiveError(
                f"{len(found)} archives have an article '{identity}': name one, as in "
                f"{' or '.join(article.id for article in found)}"
            )
        if not found:
            self._require(parted(identity)[0])
        return found[0] if found else None

    def article_with_text(self, digest: bytes) -> Article | None:
        """Return an article whose text has this digest, of the first archive that has one."""
        for part in self._parts:
            if article := part.snapshot.article_with_text(digest):
                return part.article(article)
        return None

    def articles(self) -> Iterator[Article]:
        """Yield all articles, by archive, then by id."""
        for part in self._parts:
            yield from map(part.article, part.snapshot.articles())

    def all_passages(self) -> Iterator[Passage]:
        """Yield all passages by archive, article id and start."""
        for part in self._parts:
            yield from map(part.passage, part.snapshot.all_passages())

    def listing(self, request: PageRequest) -> ArticlePage:
        """Return one page of the table of all articles, or of those of one archive."""
        parts = [part for part in self._parts if request.archive in ("", part.name)]
        if not parts:
            self._require(request.archive)
        return merged_page(parts, request)

    def titles(self, most: int) -> list[tuple[str, str]]:
        """Return (title or place, id) of as many articles of each archive, `most` together."""
        own = [
            [(title, joined(part.name, i)) for title, i in part.snapshot.titles(most)]
            for part in self._parts
        ]
        shares = [0] * len(own)
        while sum(shares) < min(most, sum(map(len, own))):
            number = min((s, n) for n, s in enumerate(shares) if s < len(own[n]))[1]
            shares[number] += 1
        return [row for rows, share in zip(own, shares, strict=True) for row in rows[:share]]

    def languages(self) -> list[str]:
        """Return the codes of the languages of all passages, sorted."""
        return sorted(set().union(*(part.snapshot.languages() for part in self._parts)))

    # counts

    def count_undated(self) -> int:
        """Count the articles without a date."""
        return sum(part.snapshot.count_undated() for part in self._parts)

    def count_partly_read(self) -> int:
        """Count the articles of which something was skipped."""
        return sum(part.snapshot.count_partly_read() for part in self._parts)

    def count_articles(self) -> int:
        """Count the articles."""
        return sum(part.snapshot.count_articles() for part in self._parts)

    def count_passages(self) -> int:
        """Count the passages."""
        return sum(part.snapshot.count_passages() for part in self._parts)

    def count_by(self, what: Literal["language", "path", "kind"]) -> dict[str, int]:
        """Count articles by language or path, or passages by kind; largest count first."""
        counts: Counter[str] = Counter()
        for part in self._parts:
            counts.update(part.snapshot.count_by(what))
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    def _filtered(self, only: SearchFilter) -> Iterator[tuple[Part, SearchFilter]]:
        """Yield the archives that a filter leaves, each with what is left of the filter."""
        article = self.article(only.article) if only.article is not None else None
        for part in self._parts:
            if only.article is None:
                yield part, only
            elif article and article.archive == part.name:
                yield part, replace(only, article=parted(article.id)[1])
