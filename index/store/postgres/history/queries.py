"""What a snapshot tells of earlier versions, and of articles that are published twice."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from index.store.base.history.rows import NEWEST_FIRST, to_version, without_text
from index.store.base.versions import Version, with_other_text
from index.store.postgres.connection import Connection, one, streamed
from index.store.postgres.setting import Generation


class VersionQueries:
    """The log as a snapshot sees it; documented in `index/store/base/versions.py`."""

    _connection: Connection
    _generation: Generation

    def versions(self, identity: str) -> list[Version]:
        """Return the earlier versions of an article, newest first."""
        return self._read(f"WHERE article = %s ORDER BY {NEWEST_FIRST}", identity)

    def version_with_text(self, digest: bytes) -> Version | None:
        """Return the newest version with this text, if that is kept, or None."""
        kept = f"WHERE digest = %s AND packed IS NOT NULL ORDER BY {NEWEST_FIRST} LIMIT 1"
        return next(iter(self._read(kept, digest)), None)

    def last_versions(self, identities: Sequence[str]) -> dict[str, tuple[Version, int]]:
        """Return the newest version of each article with another text, and how many there are."""
        where = f"WHERE article = ANY(%s) ORDER BY article, {NEWEST_FIRST}"
        logged = self._read(where, list(identities), texts=False)
        if not logged:
            return {}
        digests = dict(
            self._connection.execute(
                "SELECT id, text_digest FROM article WHERE id = ANY(%s)", (list(identities),)
            ).fetchall()
        )
        found = {}
        for identity, group in groupby(logged, lambda version: version.article_id):
            if versions := with_other_text(list(group), digests.get(identity, b"").hex()):
                found[identity] = versions[0], len(versions)
        return found

    def all_versions(self) -> Iterator[Version]:
        """Yield the log by article id, newest first."""
        if self._generation.has_versions:
            with streamed(self._connection, "versions") as rows:
                rows.itersize = 10  # a text may be large
                columns = self._generation.version_columns
                order = f"ORDER BY article, {NEWEST_FIRST}"
                for row in rows.execute(f"SELECT {columns} FROM version {order}"):
                    yield to_version(row)

    def count_versions(self) -> tuple[int, int]:
        """Count the versions, and those whose texts are kept."""
        if not self._generation.has_versions:
            return 0, 0
        counts = one(self._connection, "SELECT count(*), count(packed) FROM version")
        return int(counts[0]), int(counts[1])

    def same_url(self, identities: Sequence[str], most: int) -> dict[str, list[str]]:
        """Return the ids of the other articles with the URL of each of these."""
        if not self._generation.has_versions:
            return {}
        rows = self._connection.execute(
            "SELECT one.id, other.id FROM article one CROSS JOIN LATERAL (SELECT id FROM article o"
            " WHERE o.url = one.url AND o.id <> one.id LIMIT %s) other"
            " WHERE one.id = ANY(%s) ORDER BY one.id, other.id",
            (most, list(identities)),
        ).fetchall()
        found: dict[str, list[str]] = {}
        for identity, other in rows:
            found.setdefault(identity, []).append(other)
        return found

    def with_url(self, urls: Sequence[str], most: int) -> dict[str, list[str]]:
        """Return the ids of articles with each of these URLs."""
        if not self._generation.has_versions:
            return {}
        rows = self._connection.execute(
            "SELECT url, id FROM unnest(%s::text[]) AS url CROSS JOIN LATERAL (SELECT id"
            " FROM article o WHERE o.url = url.url LIMIT %s) other ORDER BY url, id",
            (list(set(urls)), most),
        ).fetchall()
        found: dict[str, list[str]] = {}
        for url, identity in rows:
            found.setdefault(url, []).append(identity)
        return found

    def _read(self, rest: str, value: str | bytes | list[str], texts: bool = True) -> list[Version]:
        if not self._generation.has_versions:
            return []
        columns = self._generation.version_columns
        columns = columns if texts else without_text(columns)
        rows = self._connection.execute(f"SELECT {columns} FROM version {rest}", (value,))
        return [to_version(row) for row in rows]
