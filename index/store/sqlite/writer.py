"""Writing an index: everything that one build changes, published in one transaction.

Until `publish` returns nobody sees any of it; a build that is killed leaves the old archive. What
is known of seed files is in `seen.py`.
"""

import contextlib
import datetime
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from index.encoder.sentence import Encoder
from index.store.base.centering import LanguageMeans, LanguageSums
from index.store.base.protocol import Vectors
from index.store.base.settings import Settings

from .article_tables import ArticleTables
from .connection import connect, exclusively, storage_errors
from .embedding_cache import SqliteEmbeddingCache, forget
from .faiss_file import FaissFiles, Sizes
from .generation import Generation, read_generation, write_generation
from .history.log import VersionTable
from .schema import prepare_tables
from .seen import SeedRecords
from .vector_table import read_means, read_sums, vector_batches, write_sums

WITHOUT_VECTOR = (
    "passage WHERE content IN (SELECT content FROM passage EXCEPT SELECT content FROM vector)"
)


class SqliteWriter(SeedRecords, ArticleTables, VersionTable):
    """One build's transaction on the index in `folder`.

    Its methods are documented in `index/store/base/protocol.py`.
    """

    def __init__(self, folder: Path, sizes: Sizes | None = None) -> None:
        self._folder, self._sizes = folder, sizes
        self.touched = False
        with storage_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            self._connection = connect(folder, write=True)
            self._connection.execute("BEGIN IMMEDIATE")
            self._old: Generation | None = read_generation(self._connection)
            prepare_tables(self._connection)
            self._last_published = self._last_id("passage")
            self._last_article = self._last_id("article")
            self._trust_derived = True  # sums and FAISS file of the last build
            self._sums = self._stored_sums()
            # articles that this build has met, and contents that may have lost their last passage
            self._connection.execute("CREATE TEMP TABLE seen (number INTEGER PRIMARY KEY)")
            self._connection.execute("CREATE TEMP TABLE freed (content BLOB PRIMARY KEY)")

    @property
    def settings(self) -> Settings | None:
        """The settings that were published last, or None for a new index."""
        return self._old.settings if self._old else None

    @property
    def connection(self) -> sqlite3.Connection:
        """The open transaction; for repairs, which mend what no build ever has to."""
        return self._connection

    def count_not_embedded(self) -> int:
        """Count the distinct contents without a vector."""
        return int(self._one(f"SELECT count(DISTINCT content) FROM {WITHOUT_VECTOR}")[0])

    def not_embedded(self) -> Iterator[tuple[bytes, int]]:
        """Yield (content, id of the first passage with it) for contents without a vector."""
        rows = self._connection.execute(
            f"SELECT content, min(id) FROM {WITHOUT_VECTOR} GROUP BY content ORDER BY min(id)"
        )
        # `yield from` would close the cursor of a connection that is closed already
        for content, passage in rows:  # noqa: UP028
            yield content, passage

    def add_vectors(self, contents: Sequence[bytes], values: Vectors) -> None:
        """Store vectors, float32 of shape (len(contents), dimension)."""
        rows = [(c, v.astype("<f4").tobytes()) for c, v in zip(contents, values, strict=True)]
        self._connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", rows)

    def drop_vectors(self) -> None:
        """Forget all vectors, so that all are embedded again."""
        self._connection.execute("DELETE FROM vector")
        self.distrust_derived()
        self.touched = True

    def vectors_are_sound(self) -> bool:
        """Whether the FAISS file that the database names is there and whole."""
        if self._old is None:
            return False
        means = read_means(self._connection, self._old.settings.dimension)
        return self._files().read(self._old, means) is not None

    def embedding_cache(self, encoder: Encoder) -> SqliteEmbeddingCache:
        """Open the cache of vectors that builds before this one computed and did not publish."""
        return SqliteEmbeddingCache(self._folder, encoder)

    def distrust_derived(self) -> None:
        """Reuse nothing that the last build derived from the vectors; for repairs."""
        self._sums, self._trust_derived = None, False

    def publish(self, settings: Settings) -> None:
        """Write the FAISS file, name it in the database, and commit."""
        self._connection.execute(
            "DELETE FROM vector WHERE content IN (SELECT content FROM freed)"
            " AND content NOT IN (SELECT content FROM passage)"
        )
        self.settle_versions()
        means, passages = self._summed(settings.dimension)
        if 2 * (self._last_id("passage") - self._last_published) > passages:
            self.merge_keywords()  # it takes as long as all keywords are; FTS5 merges additions
        settings = replace(
            settings,
            generation=self._old.settings.generation + 1 if self._old else 1,
            passages=passages,
            published=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        )
        old = self._old if self._trust_derived else None
        generation = Generation(settings, self._files().publish(old, settings, means))
        write_generation(self._connection, generation)
        self._connection.execute("COMMIT")
        self._old = generation
        self._checkpoint()
        self.close()

    def keep(self) -> None:
        """End without a new generation; only what is known of the seed files is stored."""
        self._connection.execute("COMMIT")
        self.close()
        forget(self._folder)

    def close(self) -> None:
        """Release the index, and remove the FAISS files that it does not name."""
        self._connection.close()
        named = self._old.faiss.file if self._old else ""
        for file in self._folder.glob("vectors-*.faiss"):
            if file.name != named:  # a reader that has yet to open it rebuilds it in memory
                file.unlink(missing_ok=True)

    def _checkpoint(self) -> None:
        """Move what was published into the database's own file; a later build can do so too."""
        with contextlib.suppress(sqlite3.OperationalError):  # the disk is full
            self._connection.execute("PRAGMA busy_timeout = 0")  # no waiting for readers to end
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _summed(self, dimension: int) -> tuple[LanguageMeans, int]:
        """Store the sums with the new passages added; return the means, and the passage count."""
        after = self._last_published if self._sums else 0
        sums = self._sums or LanguageSums(dimension)
        for _, values, codes in vector_batches(self._connection, dimension, after):
            sums.add(values, codes)
        return write_sums(self._connection, sums), sums.counts.total()

    def _stored_sums(self) -> LanguageSums | None:
        return read_sums(self._connection, self._old.settings.dimension) if self._old else None

    def _last_id(self, table: str) -> int:
        """Return the highest id that any row of a table has ever had."""
        row = self._one("SELECT seq FROM sqlite_sequence WHERE name = ?", table)
        return int(row[0]) if row else 0

    def _files(self) -> FaissFiles:
        return FaissFiles(self._connection, self._folder, self._sizes)


@contextmanager
def begin_build(folder: Path) -> Iterator[SqliteWriter]:
    """Lock the index and open its writer, which is closed whatever happens.

    Raises:
        ArchiveError: Another build of it is under way.
        StorageError: The disk or the database fails.
    """
    with storage_errors(folder), exclusively(folder):
        writer = SqliteWriter(folder)
        try:
            yield writer
        finally:
            writer.close()
