"""The seam: all that the program needs of a store, and nothing else.

A backend implements `Store`, `Snapshot`, `Writer` and `EmbeddingCache`; callers get them from
`index.store.doors`. No SQL, column name, connection, FAISS object or path crosses this seam. The
tests in `tests/index/store/contract` hold every backend to it.

Readers work on snapshots: what one snapshot returns belongs to one published generation, whatever
is built meanwhile. One build at a time writes, and publishes everything in one transaction.

Errors, here and in all methods: `StorageError` when the disk, the database or the stored data fail;
`ArchiveError` for input that cannot be right.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Literal, Protocol

from index.article import Article
from index.encoder.sentence import Encoder
from index.passage import Passage

from .article_page import ArticlePage, PageRequest
from .centering import LanguageMeans
from .keywords import TermChoice
from .records import (
    REPAIR_HINT,
    Ids,
    Problem,
    Repaired,
    Scored,
    Skip,
    StatisticsReader,
    StoredArticle,
    VectorIndex,
    Vectors,
)
from .search_filter import NO_FILTER, SearchFilter
from .settings import Settings
from .versions import Version, VersionReader
from .writing import EmbeddingCache, Writer

__all__ = [
    "REPAIR_HINT", "EmbeddingCache", "Ids", "Problem", "Repaired", "Scored", "Skip", "Snapshot",
    "Store", "StoredArticle", "VectorIndex", "Vectors", "Version", "VersionReader", "Writer",
]  # fmt: skip


class Snapshot(VersionReader, StatisticsReader, Protocol):
    """One consistent state of the archive; valid inside `with store.snapshot()` only."""

    @property
    def settings(self) -> Settings:
        """How the index was made, and by which build."""

    def choose(self, terms: Sequence[str]) -> TermChoice:
        """Choose which of a question's terms to look up; a phrase is terms joined by spaces."""

    def keywords(self, terms: Sequence[str], k: int, only: SearchFilter = NO_FILTER) -> Scored:
        """Return up to `k` passages that hold any of `terms`, by BM25, best first."""

    def grouped(
        self, groups: Sequence[Sequence[str]], k: int, only: SearchFilter = NO_FILTER
    ) -> tuple[Scored, float]:
        """Return up to `k` passages by how many groups they hold any term of, best first.

        The terms of a group count as one. The second value is the score of a passage with all
        groups that any passage has.
        """

    def vocabulary(self, start: str) -> list[str]:
        """Return the keyword terms of the archive that start with `start`, sorted."""

    def spread(self) -> float:
        """Return the archive's cosine spread; see `centering.py`."""

    def nearest(
        self, vector: Vectors, k: int, only: SearchFilter = NO_FILTER,
        neutral: float = 1.0, means: LanguageMeans | None = None,
    ) -> Scored:  # fmt: skip
        """Return up to `k` passages nearest to a unit vector of shape (dimension,), best first.

        The score is the cosine minus `neutral` (0 to 1) times what the passage's language has in
        common with the question, by the archive's own `means` or those of several archives.
        """

    def last_passage(self) -> int:
        """Return the highest id of a passage, 0 if there is none."""

    def scored_after(
        self, last: int, questions: Vectors, neutral: Vectors
    ) -> Iterator[tuple[Ids, Vectors]]:
        """Yield the ids above `last`, (n,), in batches, with scores as those of `nearest`, (m, n).

        There are m `questions`, unit vectors of shape (m, dimension), with a share each, (m,).
        """

    def languages_of(self, ids: Sequence[int]) -> dict[int, str | None]:
        """Return the language of each of these passages, None where it is unknown."""

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Return the passages with these ids; ids that are not in the archive are left out.

        Raises:
            StorageError: A passage is not the text that was indexed.
        """

    def article(self, identity: str) -> Article | None:
        """Return the article with this id, or None."""

    def article_with_text(self, digest: bytes) -> Article | None:
        """Return the first article by id whose text has this digest (`digest.of_text`), or None.

        None also where the index was written by a version that did not store these digests.
        """

    def articles(self) -> Iterator[Article]:
        """Yield all articles by id, reading one at a time."""

    def listing(self, request: PageRequest) -> ArticlePage:
        """Return one page of the table of articles, without reading their texts."""

    def titles(self, most: int) -> list[tuple[str, str]]:
        """Return (title or place, id) of the first `most` articles by id."""

    def languages(self) -> list[str]:
        """Return the codes of the languages of its passages, sorted, the unknown left out."""

    def count_undated(self) -> int:
        """Count the articles without a date; they are in no range of days."""

    def count_partly_read(self) -> int:
        """Count the articles of which something was skipped when their file was last read."""

    def count_articles(self) -> int:
        """Count the articles."""

    def count_passages(self) -> int:
        """Count the passages."""

    def count_by(self, what: Literal["language", "path", "kind"]) -> dict[str, int]:
        """Count articles by language or path, or passages by kind; largest count first."""

    def all_passages(self) -> Iterator[Passage]:
        """Yield all passages by article id and start, holding one article's at a time."""

    def vector_index(self) -> VectorIndex:
        """Describe how this generation's vectors are searched."""


class Store(Protocol):
    """An index, open for reading; safe to use from several threads at once."""

    @property
    def where(self) -> str:
        """Its folder or address, as messages name it."""

    @property
    def place(self) -> str:
        """What opens the index again; an address may hold a password, so it is never shown."""

    @property
    def settings(self) -> Settings:
        """The settings of the generation that is published now."""

    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """Open the archive as it is now; later builds are seen by the next snapshot."""

    def require_encoder(self, encoder: Encoder) -> None:
        """Raise ArchiveError unless encoder and term rules are those of the index."""

    def note(self, name: str) -> str | None:
        """Return the text that is kept with the index under this name, or None."""

    def set_note(self, name: str, text: str | None) -> None:
        """Keep a short text with the index, which builds and repairs leave as it is; None drops it.

        Raises:
            ArchiveError: There is no index, or a build of it is under way.
            StorageError: The index cannot be written.
        """

    def forget_versions(self, identities: Sequence[str]) -> int:
        """Delete what the log holds of these articles; return how many versions that were.

        Errors are those of `set_note`.
        """

    def sizes(self) -> dict[str, int]:
        """Return the bytes that each file or table takes, by name."""

    def problems(self) -> list[Problem]:
        """Read the whole index and return everything that is wrong with it; changes nothing."""

    def repair(self, encoder: Encoder | None = None, progress: bool = False) -> Repaired:
        """Rebuild what is derived from the stored articles; atomic like a build.

        Args:
            encoder: Needed only for an index built with an encoder that has no name.
            progress: Show a progress bar on standard error.
        """
