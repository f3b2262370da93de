"""The writing half of the seam: one build's transaction, and its cache of embeddings."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from index.article import Article
from index.encoder.sentence import Encoder
from index.passage import Passage

from .records import Skip, StoredArticle, Vectors
from .settings import Settings
from .versions import Version


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
        """Record how a file looked when `reader` read it, and what was skipped of it.

        With an empty stamp the next build reads it again.
        """

    def looks_as_read(self, path: str, stamp: str) -> bool:
        """Whether a file looks as it did when it was last read, by whatever reader."""

    def set_unread(self, path: str) -> None:
        """Make the next build read the file again, changed or not; its skips stay on record."""

    def last_skips(self, path: str) -> list[Skip]:
        """Return what was skipped of a file when it was last read, however it looks now."""

    def forget(self, path: str) -> None:
        """Remove a file that is gone from the record, and its skips."""

    def paths(self) -> list[str]:
        """Return the paths of all files on record."""

    # articles
    def find(self, identity: str) -> StoredArticle | None:
        """Return what the index knows of the article with this id."""

    def article(self, identity: str) -> Article | None:
        """Return the article with this id as the build has it so far."""

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

    # earlier versions
    def log(self, version: Version) -> None:
        """Add a version to the log; one whose text the build ends up with is not published.

        One that a line states goes to its day's place, and only once: if the log has this text of
        this date already, that is known to be stated by a line from now on.
        """

    def settle_versions(self) -> None:
        """Bring what was logged into order; before that `touched` does not know of it."""

    def drop_versions(self) -> None:
        """Empty the log."""

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

    def drop_vectors(self) -> None:
        """Forget all vectors, so that all are embedded again."""

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
