"""The vectors of a build under way, in a table of their own, so that a killed build resumes.

Keyed by content and encoder. It holds nothing that could not be computed again, and no reader ever
looks at it.
"""

import hashlib
from collections.abc import Sequence
from contextlib import suppress

import numpy as np
import psycopg

from index.encoder.sentence import Encoder
from index.store.base.protocol import Vectors

from .connection import Connection
from .schema import require_dimension


class PostgresEmbeddingCache:
    """The embedding cache of an archive, in the builder's own session."""

    def __init__(self, connection: Connection, encoder: Encoder) -> None:
        """Open it; raises ArchiveError if the encoder's vectors do not fit into the database."""
        require_dimension(encoder.dimension)
        self._connection = connection
        self._salt = f"{encoder.name} {encoder.revision} {encoder.dimension} ".encode()

    def _key(self, content: bytes) -> bytes:
        return hashlib.blake2b(self._salt + content, digest_size=16).digest()

    def get(self, content: bytes) -> Vectors | None:
        """Return the vector, shape (dimension,), of this content, or None."""
        row = self._connection.execute(
            "SELECT value FROM embedded WHERE key = %s", (self._key(content),)
        ).fetchone()
        return np.frombuffer(row[0], "<f4") if row else None

    def put(self, contents: Sequence[bytes], values: Vectors) -> None:
        """Keep vectors of shape (len(contents), dimension), durably."""
        rows = [
            (self._key(c), v.astype("<f4").tobytes()) for c, v in zip(contents, values, strict=True)
        ]
        with self._connection.transaction():
            self._connection.cursor().executemany(
                "INSERT INTO embedded VALUES (%s, %s)"
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                rows,
            )

    def close(self) -> None:
        """Do nothing: the session is the writer's."""

    def discard(self) -> None:
        """Empty the table: its build is published."""
        forget(self._connection)


def forget(connection: Connection) -> None:
    """Remove the embeddings of builds that were killed; what fails is left for the next build.

    TRUNCATE would wait for a `pg_dump` to end, and the archive is already published.
    """
    with suppress(psycopg.Error):
        connection.execute("DELETE FROM embedded")
