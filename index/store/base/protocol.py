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
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.article import Article
from index.encoder.sentence import Encoder
from index.passage import Passage

from .article_page import ArticlePage, PageRequest
from .keywords import TermChoice
from .search_filter import NO_FILTER, SearchFilter
from .settings import Settings

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]
Scored = list[tuple[int, float]]  # (passage id, score), best first

REPAIR_HINT = "archive-qa check says what else is wrong, archive-qa repair mends what it can"


@dataclass(frozen=True, slots=True)
class Skip:
    """A seed file, or a piece of one, that is not in the index, and why."""

    place: str
    why: str
    identity: str | None = None  # the article id, if another file's article already has it


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong with a stored index.

    `what` says which part; `article` (its row number) and `content` (a vector's key) say where.
    """

    what: str  # "pages" | "settings" | "article" | "passage" | "vector" | "keywords" | "file"
    sentence: str
    article: int | None = None
    content: bytes | None = None


class Repaired(NamedTuple):
    """What a repair found wrong, and what is still wrong after it."""

    found: list[Problem]
    remaining: list[Problem]


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """What the index knows of an article when its seed is read again."""

    path: str
    digest: bytes
    seen: bool  # whether this build has already met it


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """How vectors are searched, for people: the form, and recall@10 against exact search."""

    form: str
    recall: float


class Snapshot(Protocol):
    """One consistent state of the archive; valid inside `with store.snapshot()` only."""

    @property
    def settings(self) -> Settings: ...

    def choose(self, terms: Sequence[str]) -> TermChoice:
        """Choose which of a question's terms to look up; a phrase is terms joined by spaces."""

    def keywords(self, terms: Sequence[str], k: int, only: SearchFilter = NO_FILTER) -> Scored:
        """Return up to `k` passages that hold any of `terms`, by BM25, best first."""

    def spread(self) -> float:
        """Return the archive's cosine spread; see `centering.py`."""

    def nearest(
        self, vector: Vectors, k: int, only: SearchFilter = NO_FILTER, neutral: float = 1.0
    ) -> Scored:
        """Return up to `k` passages nearest to a unit vector of shape (dimension,), best first.

        The score is the cosine minus `neutral` (0 to 1) times what the passage's language has in
        common with the question; see `centering.py`.
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
    def settings(self) -> Settings:
        """The settings of the generation that is published now."""

    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """Open the archive as it is now; later builds are seen by the next snapshot."""

    def require_encoder(self, encoder: Encoder) -> None:
        """Raise ArchiveError unless encoder and term rules are those of the index."""

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


class EmbeddingCache(Protocol):
    """Vectors that a build under way has computed, kept by content and encoder.

    A killed build finds them again; a published one discards them.
    """

    def get(self, content: bytes) -> Vectors | None:
        """Return the vector, shape (dimension,), of this content, or None."""

    def put(self, contents: Sequence[bytes], values: Vectors) -> None:
        """Keep vectors of shape (len(contents), dimension), durably."""

    def discard(self) -> None:
        """Remove the cache: its build is published."""

    def close(self) -> None:
        """Release the cache and keep what is in it."""


class Writer(Protocol):
    """One build's transaction; it ends by `publish`, by `keep`, or unpublished by `close`."""

    @property
    def settings(self) -> Settings | None:
        """The settings that were published last, or None for a new index."""

    @property
    def touched(self) -> bool:
        """Whether anything that readers see has changed."""

    # seed files
    def skips(self, path: str, stamp: str, reader: str) -> list[Skip] | None:
        """Return what was skipped of a file that still looks like `stamp`, else None: read it.

        Skips noted under another `reader` (a digest of the code that reads seeds) do not count.
        """

    def set_read(self, path: str, stamp: str, skips: Sequence[Skip], reader: str) -> None:
        """Note how a file looked when `reader` read it, and what was skipped of it."""

    def set_unread(self, path: str) -> None:
        """Make the next build read the file again, changed or not."""

    def paths(self) -> list[str]:
        """Return the paths of all files noted as read."""

    # articles
    def find(self, identity: str) -> StoredArticle | None:
        """Return what the index knows of the article with this id."""

    def see_file(self, path: str) -> int:
        """Mark the articles of a file as still there; return how many there are."""

    def see_at(self, identity: str, place: str) -> None:
        """Mark an article as still there, and note the place where it stands now."""

    def see_in(self, path: str, place: str) -> int:
        """Mark the articles at or inside this place of a file as still there; return how many."""

    def see_below(self, path: str) -> int:
        """Mark all articles below a folder ("." is the seeds folder); return how many."""

    def put(self, article: Article, digest: bytes, passages: Iterator[Passage]) -> None:
        """Add an article with its passages and keywords, or replace the one with its id."""

    def remove(self, identity: str) -> None:
        """Remove an article with its passages and keywords; does nothing if there is none."""

    def unseen(self) -> list[tuple[str, bytes]]:
        """Return (id, digest) of the articles that this build has not met."""

    def count_articles(self) -> int:
        """Count the articles as they will be published."""

    def count_passages(self) -> int:
        """Count the passages as they will be published."""

    def remake_keywords(self) -> None:
        """Make the keywords of all passages again by today's term rules."""

    # vectors
    def count_not_embedded(self) -> int:
        """Count the distinct contents without a vector."""

    def not_embedded(self) -> Iterator[tuple[bytes, int]]:
        """Yield (content, id of the first passage with it) for contents without a vector."""

    def texts(self, passages: Sequence[int]) -> list[str]:
        """Return the texts of these passages, in the given order."""

    def add_vectors(self, contents: Sequence[bytes], values: Vectors) -> None:
        """Store vectors, float32 of shape (len(contents), dimension)."""

    def vectors_are_sound(self) -> bool:
        """Whether the published vector index is there and whole."""

    def embedding_cache(self, encoder: Encoder) -> EmbeddingCache:
        """Open the cache of vectors computed by `encoder` for builds that did not finish."""

    # the end
    def publish(self, settings: Settings) -> None:
        """Publish everything as the next generation, in one transaction."""

    def keep(self) -> None:
        """End without a new generation; only what is known of the seed files is stored."""

    def close(self) -> None:
        """Release the index. Whatever was not published is forgotten."""
