"""The vectors of a build under way, in a file of their own, so that a killed build resumes.

Keyed by content and encoder. It holds nothing that could not be computed again.
"""

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.encoder.sentence import Encoder
from index.store.base.protocol import Vectors

FILE = "embedded.sqlite"


class SqliteEmbeddingCache:
    """The embedding cache in an index folder; a damaged file is replaced by an empty one."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._file = folder / FILE
        self._salt = f"{encoder.name} {encoder.revision} {encoder.dimension} ".encode()
        try:
            self._open()
        except sqlite3.DatabaseError:
            self._connection.close()
            self._file.unlink()
            self._open()

    def _open(self) -> None:
        self._connection = sqlite3.connect(self._file, isolation_level=None)
        (verdict,) = self._connection.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, value BLOB)"
        )

    def _key(self, content: bytes) -> bytes:
        return hashlib.blake2b(self._salt + content, digest_size=16).digest()

    def get(self, content: bytes) -> Vectors | None:
        """Return the vector, shape (dimension,), of this content, or None."""
        row = self._connection.execute(
            "SELECT value FROM kept WHERE key = ?", (self._key(content),)
        ).fetchone()
        return np.frombuffer(row[0], "<f4") if row else None

    def put(self, contents: Sequence[bytes], values: Vectors) -> None:
        """Keep vectors of shape (len(contents), dimension), durably."""
        rows = [
            (self._key(c), v.astype("<f4").tobytes()) for c, v in zip(contents, values, strict=True)
        ]
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", rows)
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Release the file and keep what is in it."""
        self._connection.close()

    def discard(self) -> None:
        """Remove the file: its build is published."""
        self.close()
        forget(self._file.parent)


def forget(folder: Path) -> None:
    """Remove the cache of a build that was killed after it had published."""
    for name in (FILE, f"{FILE}-journal"):
        (folder / name).unlink(missing_ok=True)
