"""The log of earlier versions: what a build adds to it, and what snapshots tell of it.

A build keeps what it adds in a table of its session until it is published, as everything else.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from index.store.base.versions import (
    COLUMNS,
    MAX_LOGGED,
    MAX_PACKED,
    MAX_TEXTS,
    NEWEST_FIRST,
    Version,
    is_lost,
    to_version,
    version_values,
    with_other_text,
    wrong_version,
)

from .connection import Connection, one, streamed
from .setting import Generation

TABLE = """CREATE TEMP TABLE new_version (LIKE version INCLUDING IDENTITY);
CREATE INDEX ON new_version (article)"""
DROP_TEXTS = f"""UPDATE {{table}} SET packed = NULL WHERE number IN (SELECT number FROM (
    SELECT number, row_number() OVER newest AS place, sum(length(packed)) OVER newest AS size
    FROM {{table}} WHERE article = ANY(%s) AND packed IS NOT NULL
    WINDOW newest AS (PARTITION BY article ORDER BY {NEWEST_FIRST})
    ) kept WHERE place > {MAX_TEXTS} OR size > {MAX_PACKED})"""
DROP_OLD = f"""DELETE FROM {{table}} WHERE number IN (SELECT number FROM (
    SELECT number, row_number() OVER newest AS place FROM {{table}} WHERE article = ANY(%s)
    WINDOW newest AS (PARTITION BY article ORDER BY {NEWEST_FIRST})
    ) logged WHERE place > {MAX_LOGGED})"""
TRIM_AFTER = 64  # versions of one article in a row; all are trimmed at the end
# what this build has logged and then ended up with after all
STANDING = """DELETE FROM new_version v USING now_article a
    WHERE a.id = v.article AND a.text_digest = v.digest"""
WITHOUT_TEXT = COLUMNS.replace("packed", "NULL::bytea")


class VersionTable:
    """What one build does to the log."""

    _connection: Connection
    touched: bool

    def _open_versions(self) -> None:
        self._connection.execute(TABLE)
        self._latest: tuple[str, int] = ("", 0)  # logged last, and how often in a row
        self._versions_dropped = False
        self._wrong_versions: list[int] = []  # numbers, of damaged texts
        self._lost_versions: list[int] = []

    def log(self, version: Version, once: bool = False) -> None:
        """Add a version to the log."""
        values = version_values(version)
        identity, digest, _, date, *_ = values
        if once and self._is_logged(identity, digest, date):
            return
        places = ", ".join(["%s"] * len(values))
        self._connection.execute(f"INSERT INTO new_version ({COLUMNS}) VALUES ({places})", values)
        self._latest = identity, self._latest[1] + 1 if identity == self._latest[0] else 1
        if self._latest[1] % TRIM_AFTER == 0:
            self._trim("new_version", [identity])
        self.touched = True

    def _is_logged(self, *text: Any) -> bool:
        same = "WHERE (article, digest) = (%s, %s) AND date IS NOT DISTINCT FROM %s"
        tables = ["new_version"] if self._versions_dropped else ["new_version", "version"]
        return any(
            self._connection.execute(f"SELECT FROM {table} {same}", text).fetchone() is not None
            for table in tables
        )

    def drop_versions(self) -> None:
        """Empty the log."""
        self._versions_dropped = True
        self._connection.execute("DELETE FROM new_version")
        if one(self._connection, "SELECT count(*) FROM version")[0]:
            self.touched = True

    def drop_wrong_versions(self) -> None:
        """Drop texts that are not what was logged, and rows that cannot be read; for repairs."""
        for number, *row in self._connection.execute(f"SELECT number, {COLUMNS} FROM version"):
            if wrong_version(row):
                (self._lost_versions if is_lost(row) else self._wrong_versions).append(number)

    def publish_versions(self) -> None:
        """Move what was logged into the archive's table, inside the open transaction."""
        if self._versions_dropped:
            self._connection.execute("DELETE FROM version")
        wrong = "UPDATE version SET packed = NULL WHERE number = ANY(%s)"
        self._connection.execute(wrong, (self._wrong_versions,))
        lost = "DELETE FROM version WHERE number = ANY(%s)"
        self._connection.execute(lost, (self._lost_versions,))
        self._connection.execute(STANDING)
        added = self._connection.execute(
            f"INSERT INTO version ({COLUMNS}) SELECT {COLUMNS} FROM new_version ORDER BY number"
            " RETURNING article"
        ).fetchall()
        if added:
            self._trim("version", list({identity for (identity,) in added}))

    def _trim(self, table: str, identities: list[str]) -> None:
        for statement in (DROP_TEXTS, DROP_OLD):
            self._connection.execute(statement.format(table=table), (identities,))


class VersionQueries:
    """The log as a snapshot sees it; documented in `index/store/base/versions.py`."""

    _connection: Connection
    _generation: Generation

    def versions(self, identity: str) -> list[Version]:
        """Return the earlier versions of an article, newest first."""
        return self._read(COLUMNS, f"WHERE article = %s ORDER BY {NEWEST_FIRST}", identity)

    def version_with_text(self, digest: bytes) -> Version | None:
        """Return the newest version with this text, if that is kept, or None."""
        kept = f"WHERE digest = %s AND packed IS NOT NULL ORDER BY {NEWEST_FIRST} LIMIT 1"
        return next(iter(self._read(COLUMNS, kept, digest)), None)

    def last_versions(self, identities: Sequence[str]) -> dict[str, tuple[Version, int]]:
        """Return the newest version of each article with another text, and how many there are."""
        where = f"WHERE article = ANY(%s) ORDER BY article, {NEWEST_FIRST}"
        logged = self._read(WITHOUT_TEXT, where, list(identities))
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
                order = f"ORDER BY article, {NEWEST_FIRST}"
                for row in rows.execute(f"SELECT {COLUMNS} FROM version {order}"):
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

    def _read(self, columns: str, rest: str, *values: str | bytes | list[str]) -> list[Version]:
        if not self._generation.has_versions:
            return []
        rows = self._connection.execute(f"SELECT {columns} FROM version {rest}", values)
        return [to_version(row) for row in rows]
