"""What a snapshot tells of earlier versions, and of articles that are published twice."""

import sqlite3
from collections.abc import Iterator, Sequence

from index.store.base.history.rows import NEWEST_FIRST, to_version, without_text
from index.store.base.versions import Version, with_other_text
from index.store.sqlite.schema import has_versions, version_columns


class VersionQueries:
    """The log as a snapshot sees it; documented in `index/store/base/versions.py`."""

    _connection: sqlite3.Connection

    def versions(self, identity: str) -> list[Version]:
        """Return the earlier versions of an article, newest first."""
        return list(self._read(f"WHERE article = ? ORDER BY {NEWEST_FIRST}", identity))

    def version_with_text(self, digest: bytes) -> Version | None:
        """Return the newest version with this text, if that is kept, or None."""
        kept = f"WHERE digest = ? AND packed IS NOT NULL ORDER BY {NEWEST_FIRST} LIMIT 1"
        return next(self._read(kept, digest), None)

    def last_versions(self, identities: Sequence[str]) -> dict[str, tuple[Version, int]]:
        """Return the newest version of each article with another text, and how many there are."""
        found = {}
        for identity in dict.fromkeys(identities):
            where = f"WHERE article = ? ORDER BY {NEWEST_FIRST}"
            versions = list(self._read(where, identity, texts=False))
            if not versions:
                continue
            query = "SELECT text_digest FROM article WHERE id = ?"
            row = self._connection.execute(query, (identity,)).fetchone()
            if versions := with_other_text(versions, row[0].hex() if row and row[0] else ""):
                found[identity] = versions[0], len(versions)
        return found

    def all_versions(self) -> Iterator[Version]:
        """Yield the log by article id, newest first."""
        yield from self._read(f"ORDER BY article, {NEWEST_FIRST}")

    def count_versions(self) -> tuple[int, int]:
        """Count the versions, and those whose texts are kept."""
        if not has_versions(self._connection):
            return 0, 0
        counts = self._connection.execute("SELECT count(*), count(packed) FROM version").fetchone()
        return int(counts[0]), int(counts[1])

    def same_url(self, identities: Sequence[str], most: int) -> dict[str, list[str]]:
        """Return the ids of the other articles with the URL of each of these."""
        found = {}
        for identity in dict.fromkeys(identities if has_versions(self._connection) else ()):
            rows = self._connection.execute(
                "SELECT other.id FROM article one JOIN article other ON other.url = one.url"
                " WHERE one.id = ?1 AND other.id <> ?1 LIMIT ?2",
                (identity, most),
            ).fetchall()
            if rows:
                found[identity] = sorted(str(row[0]) for row in rows)
        return found

    def with_url(self, urls: Sequence[str], most: int) -> dict[str, list[str]]:
        """Return the ids of articles with each of these URLs."""
        found = {}
        for url in dict.fromkeys(urls if has_versions(self._connection) else ()):
            query = "SELECT id FROM article WHERE url = ? LIMIT ?"
            rows = self._connection.execute(query, (url, most)).fetchall()
            if rows:
                found[url] = sorted(str(row[0]) for row in rows)
        return found

    def _read(self, rest: str, *values: str | bytes, texts: bool = True) -> Iterator[Version]:
        if has_versions(self._connection):
            columns = version_columns(self._connection)
            columns = columns if texts else without_text(columns)
            for row in self._connection.execute(f"SELECT {columns} FROM version {rest}", values):
                yield to_version(row)
