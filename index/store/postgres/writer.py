"""Writing an archive: everything that one build changes, published in one transaction.

The build works in temporary tables of its session (`staging.py`). Until `publish` commits nobody
sees any of it; a build that is killed, or loses its server, leaves the old archive.
"""

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from index.article import Article
from index.encoder.sentence import Encoder
from index.store.base.settings import Settings
from index.store.base.stored import to_article

from .address import Address
from .connection import connect, lock, one, prepare, streamed, unlock
from .embedding_cache import PostgresEmbeddingCache, forget
from .failures import database_errors
from .history.log import VersionTable
from .publishing import Changes
from .rows import COLUMNS
from .schema import prepare_tables
from .search.hnsw import Sizes, drop_unused, index_languages
from .seen import SeedRecords
from .setting import Generation, State, read_generation, write_generation

BATCH = 2_000  # contents listed at once

WITHOUT_VECTOR = """{passages} p
    WHERE NOT EXISTS (SELECT FROM new_vector n WHERE n.content = p.content){published}"""
NOT_PUBLISHED = """ AND NOT EXISTS (SELECT FROM embedding v WHERE v.content = p.content
    AND NOT EXISTS (SELECT FROM bad b WHERE b.content = v.content))"""


class PostgresWriter(SeedRecords, VersionTable):
    """One build's session. Its methods are documented in `index/store/base/protocol.py`."""

    def __init__(self, address: Address, sizes: Sizes | None = None) -> None:
        self._address, self._sizes = address, sizes or Sizes()
        self.touched = self._dropped = self._mending = False
        self._connection = connect(address)
        try:
            self._connection.execute("SET client_connection_check_interval = '2s'")
            prepare(self._connection, address, local=False)
            lock(self._connection, address)  # before the tables are made, or two would make them
            prepare_tables(self._connection, address.archive)
            self._old = read_generation(self._connection, address)
            self._state = self._old.state if self._old else State()
            drop_unused(self._connection, self._state)
            self._first = self._state.last + 1  # id of the first new passage
            self._open_staging(self._state)
            self._open_records()
            self._open_versions()
        except BaseException:
            self.close()
            raise

    @property
    def settings(self) -> Settings | None:
        """The settings that were published last, or None for a new index."""
        return self._old.settings if self._old else None

    def count_not_embedded(self) -> int:
        """Count the distinct contents without a vector."""
        self.flush()
        query = f"SELECT count(DISTINCT content) FROM {self._without_vector()}"
        return int(one(self._connection, query)[0])

    def not_embedded(self) -> Iterator[tuple[bytes, int]]:
        """Yield (content, id of the first passage with it) for contents without a vector."""
        self.flush()
        query = (
            f"SELECT content, min(id) FROM {self._without_vector()}"
            " GROUP BY content ORDER BY min(id)"
        )
        with streamed(self._connection, "missing", withhold=True) as rows:
            rows.itersize = BATCH
            yield from rows.execute(query)

    def _without_vector(self) -> str:
        everywhere = self._dropped or self._mending  # else only new passages may lack one
        return WITHOUT_VECTOR.format(
            passages="now_passage" if everywhere else "new_passage",
            published="" if self._dropped else NOT_PUBLISHED,
        )

    def drop_vectors(self) -> None:
        """Forget all vectors, so that all are embedded again."""
        self._dropped = self.touched = True
        self._connection.execute("DELETE FROM new_vector")

    def vectors_are_sound(self) -> bool:
        """Whether the indexes that the settings name are there and whole."""
        if self._old is None:
            return False
        names = list(self._state.indexes.values())
        (whole,) = one(
            self._connection,
            "SELECT count(*) FROM unnest(%s::text[]) AS name"
            " JOIN pg_index ON indexrelid = to_regclass(name) WHERE indisvalid",
            (names,),
        )
        return bool(whole == len(names))

    def embedding_cache(self, encoder: Encoder) -> PostgresEmbeddingCache:
        """Open the cache of vectors that builds before this one computed and did not publish."""
        return PostgresEmbeddingCache(self._connection, encoder)

    def mend(self, contents: Sequence[bytes]) -> None:
        """Trust nothing that was derived: make vectors that are missing, and those of `contents`.

        For repairs, which mend what no build ever has to.
        """
        self._mending = self.touched = True
        self._copy("bad", [(content,) for content in contents])

    def stored(self, number: int) -> tuple[Article, bytes] | None:
        """Return the published article with this number, and its digest; for repairs."""
        row = self._connection.execute(
            f"SELECT {COLUMNS}, digest FROM article WHERE number = %s", (number,)
        ).fetchone()
        return (to_article(row[:-1]), row[-1]) if row else None

    def remove_row(self, number: int) -> None:
        """Remove an article that cannot be read; for repairs."""
        self._connection.execute("INSERT INTO gone VALUES (%s)", (number,))

    def publish(self, settings: Settings) -> None:
        """Move everything from the session's tables to the archive's, in one transaction."""
        self.flush()
        self.settle_versions()
        changes = Changes(
            self._connection, self._old is None, self._first,
            self._dropped, self._remade, self._mending,
        )  # fmt: skip
        with self._connection.transaction():
            sums = changes.publish_vectors(settings.dimension)
            self.publish_versions()
            tokens = changes.publish_rows(self._state.tokens)
            self.store_records()
            indexes = {} if self._dropped or self._mending else self._state.indexes
            state = index_languages(
                self._connection,
                replace(
                    self._state,
                    articles=self._articles, last=self._last, tokens=tokens, indexes=indexes,
                ),
                settings, sums, self._sizes,
            )  # fmt: skip
            settings = replace(
                settings,
                generation=self._old.settings.generation + 1 if self._old else 1,
                passages=sums.counts.total(),
                published=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            )
            write_generation(self._connection, Generation(settings, state))
        changes.vacuum()

    def keep(self) -> None:
        """End without a new generation; only what is known of the seed files is stored."""
        with self._connection.transaction():
            self.store_records()
        forget(self._connection)
        self.close()

    def close(self) -> None:
        """End the session. Whatever was not published is forgotten."""
        if not self._connection.closed:
            unlock(self._connection, self._address)
            self._connection.close()


@contextmanager
def begin_build(address: Address) -> Iterator[PostgresWriter]:
    """Open a session for one build, which is closed whatever happens.

    Raises:
        ArchiveError: Another build of the archive is under way, or a right is missing.
        StorageError: The server or the network fails.
    """
    with database_errors(address):
        writer = PostgresWriter(address)
        try:
            yield writer
        finally:
            writer.close()
