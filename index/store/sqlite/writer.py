"""Writing an index: everything that one build changes, published in one transaction.

Until `publish` ends nobody sees anything of it; a build that is killed leaves the old archive.
"""

import contextlib
import datetime
import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

from index.article import Article
from index.encoder.sentence import Vectors
from index.ingest.skips import Skip, as_stored, from_stored
from index.passage import Passage
from index.store.base.centering import LanguageMeans, LanguageSums
from index.store.base.digest import of_text

from . import faiss_file
from .faiss_file import Sizes, vectors_file
from .fts import of_passage
from .schema import (
    CHANGES,
    Settings,
    connect,
    create_tables,
    read_settings,
    storage_errors,
    upgrade_tables,
    write_settings,
)
from .vector_table import read_languages, read_totals, stored_vectors, vectors_in, write_totals

WITHOUT_VECTOR = (
    "passage WHERE content IN (SELECT content FROM passage EXCEPT SELECT content FROM vector)"
)


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """What the index has of an article."""

    path: str
    digest: bytes
    seen: bool


class Writer:
    """One build's transaction on the index in `folder`; leave it by `publish` or `abandon`."""

    def __init__(self, folder: Path, sizes: Sizes | None = None) -> None:
        self.folder = folder
        self._sizes = sizes or faiss_file.SIZES
        self._trusted = True  # what the last build derived from the vectors
        self.touched = False  # whether anything that readers see has changed
        with storage_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            self._connection = connect(folder, write=True)
            self._connection.execute("BEGIN IMMEDIATE")
            self.settings = read_settings(self._connection)
            if self.settings is None:
                create_tables(self._connection)
            else:
                upgrade_tables(self._connection)
            for statement in CHANGES:
                self._connection.execute(statement)
            self._until = self._last_id()  # of the passages that were published before
            self._totals = self._read_totals()
            # what this build has seen of articles, and which contents may have lost their last user
            self._connection.execute("CREATE TEMP TABLE seen (number INTEGER PRIMARY KEY)")
            self._connection.execute("CREATE TEMP TABLE freed (content BLOB PRIMARY KEY)")

    @property
    def connection(self) -> sqlite3.Connection:
        """The open transaction: `repair.py` mends what no build should ever have to."""
        return self._connection

    def skips(self, path: str, stamp: str) -> list[Skip] | None:
        """What was skipped of the file when it looked so; None if it must be read."""
        row = self._one("SELECT stamp, skipped FROM file WHERE path = ?", path)
        return from_stored(row[1]) if row and row[0] == stamp else None

    def set_read(self, path: str, stamp: str, skips: Sequence[Skip]) -> None:
        """How the file looked when it was last read, and what of it was skipped."""
        self._connection.execute(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?)", (path, stamp, as_stored(skips))
        )

    def set_unread(self, path: str) -> None:
        """The next build reads the file, changed or not."""
        self._connection.execute("DELETE FROM file WHERE path = ?", (path,))

    def find(self, identity: str) -> "StoredArticle | None":
        """What the index has under this article id, and whether this build has seen it."""
        row = self._one(
            "SELECT path, digest, number IN (SELECT number FROM seen) FROM article WHERE id = ?",
            identity,
        )
        return StoredArticle(row[0], row[1], bool(row[2])) if row else None

    def see(self, column: str, value: str) -> int:
        """Mark the articles whose id, path or place is `value` as still there; says how many."""
        return self._see(f"{column} = ?", value)

    def see_at(self, identity: str, place: str) -> None:
        """Mark an article as still there; in a .jsonl it may stand in another line now."""
        self.see("id", identity)
        self._connection.execute(
            "UPDATE article SET place = ?1 WHERE id = ?2 AND place != ?1", (place, identity)
        )

    def see_in(self, path: str, place: str) -> int:
        """Mark what stands at this place of a file, or inside of it, as still there."""
        number = self._connection.execute(
            "INSERT OR IGNORE INTO seen SELECT number FROM article WHERE path = ?1"
            " AND (?2 IN (path, place) OR substr(place, 1, length(?2) + 1) = ?2 || '#')",
            (path, place),
        )
        return number.rowcount

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
            identity = self._connection.execute(
                'INSERT INTO passage (article, start, "end", kind, language, title, content)'
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (number, p.start, p.end, p.kind, p.language, p.title, of_text(p.text)),
            ).lastrowid
            self._connection.execute(
                "INSERT INTO keyword (rowid, terms) VALUES (?, ?)",
                (identity, of_passage(p.text, p.kind, p.title, article.title)),
            )
        self._connection.execute("INSERT INTO seen VALUES (?)", (number,))
        self.touched = True

    def remove(self, identity: str) -> None:
        """Remove an article, its passages and keywords; `publish` drops vectors nobody needs."""
        row = self._one("SELECT number FROM article WHERE id = ?", identity)
        if row is None:
            return
        old = self._passages(*row)
        if self._totals and self.settings:
            gone, values, codes = vectors_in(
                self._connection, self.settings.dimension, row[0], self._until
            )
            self._totals.add(values, codes, -1)
            self._connection.executemany(
                "INSERT OR IGNORE INTO gone SELECT ?1 WHERE ?1 <= ?2",
                [(identity, self.settings.vectors_last) for identity in gone.tolist()],
            )
        # FTS5 keeps no copy of the terms: to take them out it must be told them once more
        self._connection.executemany(
            "INSERT INTO keyword (keyword, rowid, terms) VALUES ('delete', ?, ?)",
            [(passage, keywords) for passage, _, keywords in old],
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

    def remake_keywords(self) -> None:
        """Make all keywords again, after those of the index were made by other rules."""
        self._connection.execute("INSERT INTO keyword (keyword) VALUES ('delete-all')")
        for (number,) in self._connection.execute("SELECT number FROM article").fetchall():
            self._connection.executemany(
                "INSERT INTO keyword (rowid, terms) VALUES (?, ?)",
                [(passage, keywords) for passage, _, keywords in self._passages(number)],
            )
        self.touched = True

    def count_not_embedded(self) -> int:
        """How many contents have no vector."""
        query = f"SELECT count(DISTINCT content) FROM {WITHOUT_VECTOR}"
        return int(self._connection.execute(query).fetchone()[0])

    def not_embedded(self) -> Iterator[tuple[bytes, int]]:
        """Each of them with the first passage that holds it, in their order; a few in memory."""
        yield from self._connection.execute(
            f"SELECT content, min(id) FROM {WITHOUT_VECTOR} GROUP BY content ORDER BY min(id)"
        )

    def texts(self, passages: Sequence[int]) -> list[str]:
        """The texts of these passages, in their order."""
        article, text, found = None, "", []
        for passage in passages:
            number, start, end = self._one(
                'SELECT article, start, "end" FROM passage WHERE id = ?', passage
            )
            if number != article:
                article, text = number, self._text(number)
            found.append(text[start:end])
        return found

    def _text(self, number: int) -> str:
        return str(self._one("SELECT text FROM article WHERE number = ?", number)[0])

    def _passages(self, number: int) -> list[tuple[int, bytes, str]]:
        """Id, content and keywords of an article's passages; its text is read once."""
        title, text = self._one("SELECT title, text FROM article WHERE number = ?", number)
        rows = self._connection.execute(
            'SELECT id, content, start, "end", kind, title FROM passage WHERE article = ?',
            (number,),
        )
        return [
            (passage, content, of_passage(text[start:end], kind, own, title))
            for passage, content, start, end, kind, own in rows
        ]

    def add_vectors(self, contents: Sequence[bytes], values: Vectors) -> None:
        """Store vectors, float32 of shape (len(contents), dimension)."""
        rows = [(c, v.astype("<f4").tobytes()) for c, v in zip(contents, values, strict=True)]
        self._connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", rows)

    def vectors_are_sound(self) -> bool:
        """Whether the FAISS file that the database names is there and whole."""
        s = self.settings
        if s is None:
            return False
        languages = read_languages(self._connection, s.dimension)
        return faiss_file.read(self._connection, self.folder, s, languages) is not None

    def derive_anew(self) -> None:
        """Trust nothing of what the last build derived from the vectors: make it all again."""
        self._totals, self._trusted = None, False

    def publish(self, settings: Settings) -> None:
        """Write the FAISS file, name it in the database, and commit: now all of it is seen."""
        self._connection.execute(
            "DELETE FROM vector WHERE content IN (SELECT content FROM freed)"
            " AND content NOT IN (SELECT content FROM passage)"
        )
        languages, count = self._counted(settings.dimension)
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        settings = replace(settings, passages=count, published=now)
        old = self.settings if self._trusted else None
        settings = vectors_file(
            self._connection, self.folder, old, settings, languages, self._sizes
        )
        write_settings(self._connection, settings)
        self._connection.execute("COMMIT")
        self.settings = settings
        self._tidy()

    def _tidy(self) -> None:
        """Move what was published into the database's own file; a later build can do that, too."""
        with contextlib.suppress(sqlite3.OperationalError):  # the disk is full
            self._connection.execute("PRAGMA busy_timeout = 0")  # no waiting for readers to end
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.abandon()

    def _counted(self, dimension: int) -> tuple[LanguageMeans, int]:
        """The languages with their means now, and how many passages there are, both stored."""
        after = self._until if self._totals else 0
        totals = self._totals or LanguageSums(dimension)
        for _, values, codes in stored_vectors(self._connection, dimension, after):
            totals.add(values, codes)
        return write_totals(self._connection, totals), totals.counts.total()

    def _read_totals(self) -> LanguageSums | None:
        return read_totals(self._connection, self.settings.dimension) if self.settings else None

    def _last_id(self) -> int:
        """The highest id that a passage ever had."""
        row = self._one("SELECT seq FROM sqlite_sequence WHERE name = ?", "passage")
        return int(row[0]) if row else 0

    def keep(self) -> None:
        """End without a new generation: only what is known of the files is stored."""
        self._connection.execute("COMMIT")
        self.abandon()

    def _remove_all_vectors_but(self, name: str) -> None:
        """Older FAISS files, and those of builds that were killed before they published."""
        for old in self.folder.glob("vectors-*.faiss"):
            if old.name != name:  # a reader that has not opened it yet makes it from the database
                old.unlink(missing_ok=True)

    def abandon(self) -> None:
        """Forget everything that was not published, and leave the index."""
        self._connection.close()
        self._remove_all_vectors_but(self.settings.vectors_file if self.settings else "")

    def _one(self, query: str, value: str | int) -> Any:
        return self._connection.execute(query, (value,)).fetchone()
