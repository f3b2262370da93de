"""What a build under way has embedded, kept apart, so that a killed build need not embed it twice.

Known by content and encoder; it holds nothing that could not be made again.
"""

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.encoder.sentence import Encoder, Vectors

FILE = "embedded.sqlite"


class EmbeddingCache:
    """The vectors of a build under way, in the index folder."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._file = folder / FILE
        self._salt = f"{encoder.name} {encoder.revision} {encoder.dimension} ".encode()
        try:
            self._open()
        except sqlite3.DatabaseError:  # damaged
            self._connection.close()
            self._file.unlink()
            self._open()

    def _open(self) -> None:
        self._connection = sqlite3.connect(self._file, isolation_level=None)
        (found,) = self._connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(found)
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, value BLOB)"
        )

    def _key(self, content: bytes) -> bytes:
        return hashlib.blake2b(self._salt + content, digest_size=16).digest()

    def get(self, content: bytes) -> Vectors | None:
        """The vector, shape (dimension,), of this content if it was kept."""
        row = self._connection.execute(
            "SELECT value FROM kept WHERE key = ?", (self._key(content),)
        ).fetchone()
        return np.frombuffer(row[0], "<f4") if row else None

    def put(self, contents: Sequence[bytes], values: Vectors) -> None:
        rows = [
            (self._key(c), v.astype("<f4").tobytes()) for c, v in zip(contents, values, strict=True)
        ]
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", rows)
        self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()

    def discard(self) -> None:
        """The build is published: nothing here is needed any more."""
        self.close()
        forget(self._file.parent)


def forget(folder: Path) -> None:
    """Remove what a build that was killed after it had published has left."""
    for name in (FILE, f"{FILE}-journal"):
        (folder / name).unlink(missing_ok=True)
