"""Writing an index: everything that one build changes, published in one transaction.

Until `publish` ends nobody sees anything of it; a build that is killed leaves the old archive. What
it had embedded is kept in a second file, known by content and encoder, and used by the next build.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from . import vectors
from .article import Article
from .database import (
    Settings,
    connect,
    create_tables,
    read_settings,
    storage_errors,
    write_settings,
)
from .encoder import Encoder, Vectors
from .passage import Passage
from .store import stored_vectors
from .terms import terms

KEPT_FILE = "embedded.sqlite"


@dataclass(frozen=True, slots=True)
class Stored:
    """What the index has of an article."""

    path: str
    digest: bytes
    seen: bool


class Writer:
    """One build's transaction on the index in `folder`; leave it by `publish` or `abandon`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.touched = False  # whether anything that readers see has changed
        self._keywords_cleared = False
        with storage_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            self._connection = connect(folder, write=True)
            self._connection.execute("BEGIN IMMEDIATE")
            self.settings = read_settings(self._connection)
            if self.settings is None:
                create_tables(self._connection)
            # what this build has seen of articles, and which contents may have lost their last user
            self._connection.execute("CREATE TEMP TABLE seen (number INTEGER PRIMARY KEY)")
            self._connection.execute("CREATE TEMP TABLE freed (content BLOB PRIMARY KEY)")

    def stamp(self, path: str) -> str | None:
        """How the file looked when it was last read whole, or None."""
        row = self._one("SELECT stamp FROM file WHERE path = ?", path)
        return str(row[0]) if row else None

    def set_stamp(self, path: str, stamp: str | None) -> None:
        if stamp is None:
            self._connection.execute("DELETE FROM file WHERE path = ?", (path,))
        else:
            self._connection.execute("INSERT OR REPLACE INTO file VALUES (?, ?)", (path, stamp))

    def find(self, identity: str) -> "Stored | None":
        """What the index has under this article id, and whether this build has seen it."""
        row = self._one(
            "SELECT path, digest, number IN (SELECT number FROM seen) FROM article WHERE id = ?",
            identity,
        )
        return Stored(row[0], row[1], bool(row[2])) if row else None

    def see(self, column: str, value: str) -> int:
        """Mark the articles whose id, path or place is `value` as still there; says how many."""
        return self._see(f"{column} = ?", value)

    def see_at(self, identity: str, place: str) -> None:
        """Mark an article as still there; in a .jsonl it may stand in another line now."""
        self.see("id", identity)
        self._connection.execute(
            "UPDATE article SET place = ?1 WHERE id = ?2 AND place != ?1", (place, identity)
        )

    def see_below(self, path: str) -> int:
        """Mark all articles below a folder (the seeds folder itself is ".") as still there."""
        prefix = "" if path == "." else f"{path}/"
        return self._see("substr(path, 1, length(?1)) = ?1", prefix)

    def _see(self, condition: str, value: str) -> int:
        return self._connection.execute(
            f"INSERT OR IGNORE INTO seen SELECT number FROM article WHERE {condition}", (value,)
        ).rowcount

    def put(self, article: Article, digest: bytes, passages: Iterator[Passage]) -> None:
        """Add `article`, or replace the one with its id."""
        self.remove(article.id)
        date = article.date.isoformat() if article.date else None
        parts = json.dumps([astuple(part) for part in article.parts])
        number = self._connection.execute(
            "INSERT INTO article (id, path, place, title, text, date, language, url, author, parts,"
            " digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article.id, article.path, article.place, article.title, article.text, date,
                article.language, article.url, article.author, parts, digest,
            ),
        ).lastrowid  # fmt: skip
        for p in passages:
            content = hashlib.blake2b(p.text.encode(), digest_size=16).digest()
            identity = self._connection.execute(
                'INSERT INTO passage (article, start, "end", kind, language, title, content)'
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (number, p.start, p.end, p.kind, p.language, p.title, content),
            ).lastrowid
            self._connection.execute(
                "INSERT INTO keyword (rowid, terms) VALUES (?, ?)",
                (identity, " ".join(terms(p.text))),
            )
        self._connection.execute("INSERT INTO seen VALUES (?)", (number,))
        self.touched = True

    def remove(self, identity: str) -> None:
        """Remove an article, its passages and keywords; `publish` drops vectors nobody needs."""
        row = self._one("SELECT number FROM article WHERE id = ?", identity)
        if row is None:
            return
        old = self._connection.execute(
            'SELECT p.id, p.content, substr(a.text, p.start + 1, p."end" - p.start) FROM passage p'
            " JOIN article a ON a.number = p.article WHERE a.number = ?",
            row,
        ).fetchall()
        if not self._keywords_cleared:
            # FTS5 keeps no copy of the terms: to take them out it must be told them once more
            self._connection.executemany(
                "INSERT INTO keyword (keyword, rowid, terms) VALUES ('delete', ?, ?)",
                [(passage, " ".join(terms(text))) for passage, _, text in old],
            )
        self._connection.executemany(
            "INSERT OR IGNORE INTO freed VALUES (?)", [(content,) for _, content, _ in old]
        )
        self._connection.execute("DELETE FROM passage WHERE article = ?", row)
        self._connection.execute("DELETE FROM seen WHERE number = ?", row)
        self._connection.execute("DELETE FROM article WHERE number = ?", row)
        self.touched = True

    def unseen(self) -> list[tuple[str, bytes]]:
        """Id and digest of the articles that are in the index but in no seed any more."""
        return self._connection.execute(
            "SELECT id, digest FROM article WHERE number NOT IN (SELECT number FROM seen)"
        ).fetchall()

    def paths(self) -> list[str]:
        return [row[0] for row in self._connection.execute("SELECT path FROM file")]

    def count(self, table: str) -> int:
        assert table in ("article", "passage")
        return int(self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def clear_keywords(self) -> None:
        """Forget all keywords, made by other rules; every article must then be put again."""
        self._keywords_cleared = True
        self._connection.execute("INSERT INTO keyword (keyword) VALUES ('delete-all')")

    def not_embedded(self) -> list[tuple[bytes, int]]:
        """Each content that has no vector, with the id of a passage that holds it."""
        return self._connection.execute(
            "SELECT content, min(id) FROM passage WHERE content NOT IN (SELECT content FROM vector)"
            " GROUP BY content"
        ).fetchall()

    def texts(self, passages: Sequence[int]) -> list[str]:
        """The texts of these passages, in their order."""
        return [
            self._connection.execute(
                'SELECT substr(a.text, p.start + 1, p."end" - p.start) FROM passage p'
                " JOIN article a ON a.number = p.article WHERE p.id = ?",
                (passage,),
            ).fetchone()[0]
            for passage in passages
        ]

    def add_vectors(self, contents: Sequence[bytes], values: Vectors) -> None:
        """Store vectors, float32 of shape (len(contents), dimension)."""
        rows = [(c, v.astype("<f4").tobytes()) for c, v in zip(contents, values, strict=True)]
        self._connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", rows)

    def vectors_are_sound(self) -> bool:
        """Whether the FAISS file that the database names is there and whole."""
        s = self.settings
        return s is not None and (
            vectors.read(
                self.folder / s.vectors_file, s.vectors_crc, self.count("passage"), s.dimension
            )
            is not None
        )

    def publish(self, settings: Settings) -> None:
        """Write the FAISS file, name it in the database, and commit: now all of it is seen."""
        self._connection.execute(
            "DELETE FROM vector WHERE content IN (SELECT content FROM freed)"
            " AND content NOT IN (SELECT content FROM passage)"
        )
        name = f"vectors-{settings.generation:08}.faiss"
        dimension = settings.dimension
        index = vectors.make(*stored_vectors(self._connection, dimension), dimension)
        crc = vectors.write(index, self.folder / name)
        settings = replace(settings, vectors_file=name, vectors_crc=crc)
        write_settings(self._connection, settings)
        self._connection.execute("COMMIT")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()
        for old in self.folder.glob("vectors-*.faiss"):
            if old.name != name:  # a reader that has not opened it yet makes it from the database
                old.unlink(missing_ok=True)

    def keep(self) -> None:
        """End without a new generation: only what is known of the files is stored."""
        self._connection.execute("COMMIT")
        self._connection.close()

    def abandon(self) -> None:
        """Forget everything that this build did."""
        self._connection.close()

    def _one(self, query: str, value: str) -> Any:
        return self._connection.execute(query, (value,)).fetchone()


class Kept:
    """Vectors of a build under way, kept apart so that a killed build need not embed twice."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._file = folder / KEPT_FILE
        self._salt = f"{encoder.name} {encoder.revision} ".encode()
        self._dimension = encoder.dimension
        try:
            self._connection = self._open()
        except sqlite3.DatabaseError:  # damaged: it holds nothing that cannot be made again
            self._file.unlink()
            self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, isolation_level=None)
        connection.execute(
            "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID"
        )
        return connection

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
        self._file.unlink(missing_ok=True)
