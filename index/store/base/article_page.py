"""What a table of an archive's articles shows, and which page of it is wanted."""

from dataclasses import dataclass

from index.errors import ArchiveError

SORTS = ("title", "date", "language", "passages", "path")
LARGEST_PAGE, LONGEST_WORDS = 200, 200
LAST_PAGE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One row: an article without its text."""

    id: str
    title: str | None
    date: str | None  # 2025-10-28
    language: str | None
    place: str  # like Article.place
    passages: int


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One page of the table; `total` counts the rows of all pages."""

    rows: tuple[ArticleRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page: articles whose title, place, id or date holds `words`; the first page is 0.

    Raises ArchiveError for what cannot be.
    """

    words: str = ""
    sort: str = "title"
    descending: bool = False
    page: int = 0
    size: int = 20

    def __post_init__(self) -> None:
        if self.sort not in SORTS:
            raise ArchiveError(f"cannot sort by '{self.sort}': sort by {', '.join(SORTS)}")
        if not 0 <= self.page <= LAST_PAGE or not 1 <= self.size <= LARGEST_PAGE:
            raise ArchiveError(
                f"there is no page {self.page} of {self.size} rows: pages count from 0, and have "
                f"1 to {LARGEST_PAGE} rows"
            )
        if len(self.words) > LONGEST_WORDS:
            raise ArchiveError(
                f"{len(self.words):,} characters are too many to look for: "
                f"use at most {LONGEST_WORDS}"
            )
