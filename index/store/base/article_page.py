"""The table of an archive's articles: which page is requested, and what a page holds."""

from dataclasses import dataclass

from index.errors import ArchiveError

from .search_filter import NO_FILTER, UNSTORABLE, SearchFilter

SORTS = ("title", "date", "language", "passages", "path")
MAX_PAGE_SIZE, MAX_SEARCH_CHARACTERS = 200, 200
MAX_PAGE_NUMBER = 1_000_000_000


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One row: an article without its text."""

    id: str
    title: str | None
    date: str | None  # 2025-10-28
    language: str | None
    place: str  # like Article.place
    passages: int
    archive: str = ""  # its name, where several are open


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One page of the table; `total` counts the rows of all pages."""

    rows: tuple[ArticleRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page of the articles that match `only` and whose title, place, id or date contains `words`.

    The language of `only` is that of the article.

    Pages count from 0. Raises ArchiveError for an unknown sort column, a page or page size out of
    range, or too long a search text.
    """

    words: str = ""
    sort: str = "title"
    descending: bool = False
    page: int = 0
    size: int = 20
    archive: str = ""  # only of this one of several; "": of all
    only: SearchFilter = NO_FILTER

    def __post_init__(self) -> None:
        if self.sort not in SORTS:
            raise ArchiveError(f"cannot sort by '{self.sort}': sort by {', '.join(SORTS)}")
        if not 0 <= self.page <= MAX_PAGE_NUMBER or not 1 <= self.size <= MAX_PAGE_SIZE:
            raise ArchiveError(
                f"there is no page {self.page} of {self.size} rows: pages count from 0, and have "
                f"1 to {MAX_PAGE_SIZE} rows"
            )
        if len(self.words) > MAX_SEARCH_CHARACTERS:
            raise ArchiveError(
                f"{len(self.words):,} characters are too many to look for: "
                f"use at most {MAX_SEARCH_CHARACTERS}"
            )

    @property
    def can_match(self) -> bool:
        """Whether any article could hold `words`; databases differ in what they make of others."""
        return not UNSTORABLE.search(self.words)
