"""The log of earlier versions: what a build adds to it, in order, and bounded, when it is settled.

A build keeps what it changes in a table of its session until it is published, as everything else:
the whole log of each article that it touches.
"""

from functools import partial
from typing import Any

from index.article import Article
from index.store.base.history.order import ENTRY, TEXTS_AFTER, Entry, compared, settle
from index.store.base.history.rows import (
    COLUMNS,
    NEWEST_FIRST,
    is_lost,
    to_version,
    version_values,
    wrong_version,
)
from index.store.base.stored import to_article
from index.store.base.versions import Version
from index.store.postgres.connection import one
from index.store.postgres.rows import COLUMNS as ARTICLE_COLUMNS
from index.store.postgres.staging import Staging

TABLES = """CREATE TEMP TABLE new_version (LIKE version INCLUDING IDENTITY, fresh boolean NOT NULL);
CREATE INDEX ON new_version (article, date);
CREATE TEMP TABLE new_log (article text COLLATE "C" PRIMARY KEY, settled boolean NOT NULL)"""
# an article's published log, in its order, as numbers are given anew
COPY = f"""INSERT INTO new_version ({COLUMNS}, fresh)
    SELECT {COLUMNS}, false FROM version WHERE article = %s ORDER BY number"""
STATED = f"""SELECT number, line FROM new_version WHERE (article, date, digest) = (%s, %s, %s)
    ORDER BY {NEWEST_FIRST} LIMIT 1"""
# what earlier builds replaced is stated by no later day
EARLIER_BUILDS = """UPDATE new_version SET stated = %(stated)s
    WHERE article = %(article)s AND NOT line AND stated > %(stated)s"""
ENTRIES = f"""SELECT {ENTRY}, fresh FROM new_version WHERE article = %s ORDER BY {NEWEST_FIRST}"""
# the articles put in by this build that had another text before, where that is not the one that
# the newest version says
PUT = f"""SELECT a.id FROM new_article a JOIN (
    SELECT DISTINCT ON (article) article, against FROM version
    WHERE article IN (SELECT id FROM new_article) ORDER BY article, {NEWEST_FIRST}
    ) newest ON newest.article = a.id WHERE against IS DISTINCT FROM text_digest"""
PUBLISH = (
    "DELETE FROM version WHERE article IN (SELECT article FROM new_log)",
    f"INSERT INTO version ({COLUMNS}) SELECT {COLUMNS} FROM new_version ORDER BY number",
)


class VersionTable(Staging):
    """What one build does to the log."""

    def article(self, identity: str) -> Article | None:
        """Return the article with this id as the build has it so far."""
        if identity in self._buffered:
            self.flush()
        row = self._connection.execute(
            f"SELECT {ARTICLE_COLUMNS} FROM now_article WHERE id = %s", (identity,)
        ).fetchone()
        return to_article(row) if row else None

    def _open_versions(self) -> None:
        self._connection.execute(TABLES)
        self._latest: tuple[str, int] = ("", 0)  # logged last, and how often in a row
        self._versions_dropped = self._repairing = False
        self._wrong_versions: list[int] = []  # numbers, of damaged texts
        self._lost_versions: list[int] = []

    def log(self, version: Version) -> None:
        """Add a version to the log; one that a line states only once."""
        values = version_values(version)
        identity, digest, _, date, _, stated, *_ = values
        self._load_log(identity)
        if version.line and self._restate(stated, identity, date, digest):
            return
        if not version.line:
            self._connection.execute(EARLIER_BUILDS, {"article": identity, "stated": stated})
        places = ", ".join(["%s"] * len(values))
        (number,) = one(
            self._connection,
            f"INSERT INTO new_version ({COLUMNS}, fresh) VALUES ({places}, true) RETURNING number",
            values,
        )
        self._latest = identity, self._latest[1] + 1 if identity == self._latest[0] else 1
        if self._latest[1] % TEXTS_AFTER == 0:
            self._settle(identity, number)

    def _load_log(self, identity: str) -> None:
        loaded = self._connection.execute(
            "INSERT INTO new_log VALUES (%s, false)"
            " ON CONFLICT (article) DO UPDATE SET settled = false RETURNING xmax = 0",
            (identity,),
        ).fetchone()
        if loaded and loaded[0] and not self._versions_dropped:
            self._connection.execute(COPY, (identity,))

    def _restate(self, stated: str, *text: Any) -> bool:
        """Return whether the log has a line's text; if a build replaced it, the line states it."""
        row = self._connection.execute(STATED, text).fetchone()
        if row and not row[1]:
            restate = "UPDATE new_version SET line = true, stated = %s WHERE number = %s"
            self._connection.execute(restate, (stated, row[0]))
            self.touched = True
        return row is not None

    def drop_versions(self) -> None:
        """Empty the log."""
        self._versions_dropped = True
        self._connection.execute("DELETE FROM new_version")
        if one(self._connection, "SELECT count(*) FROM version")[0]:
            self.touched = True

    def drop_wrong_versions(self) -> None:
        """Drop texts that are not what was logged, and rows that cannot be read; for repairs."""
        self._repairing = True
        for number, *row in self._connection.execute(f"SELECT number, {COLUMNS} FROM version"):
            if wrong_version(row):
                (self._lost_versions if is_lost(row) else self._wrong_versions).append(number)

    def settle_versions(self) -> None:
        """Bring the log into order."""
        if self._repairing:
            return
        self.flush()
        if not self._versions_dropped:
            for (identity,) in self._connection.execute(PUT).fetchall():
                self._load_log(identity)
        unsettled = "SELECT article FROM new_log WHERE NOT settled"
        for (identity,) in self._connection.execute(unsettled).fetchall():
            self._settle(identity)
        self._connection.execute("UPDATE new_log SET settled = true WHERE NOT settled")

    def _settle(self, identity: str, last: int = 0) -> None:
        if identity in self._buffered:
            self.flush()
        query = "SELECT text_digest FROM now_article WHERE id = %s"
        row = self._connection.execute(query, (identity,)).fetchone()
        rows = self._connection.execute(ENTRIES, (identity,)).fetchall()
        settled = settle([Entry(*row) for row in rows], row[0] if row else None, last)
        article = partial(self.article, identity)
        for pair in settled.compare:
            self._connection.execute(
                "UPDATE new_version SET sentences = %s, against = %s WHERE number = %s",
                (compared(pair, article, self._version), pair.against, pair.older),
            )
        texts = "UPDATE new_version SET packed = NULL WHERE number = ANY(%s)"
        self._connection.execute(texts, (settled.drop_texts,))
        drop = "DELETE FROM new_version WHERE number = ANY(%s)"
        self._connection.execute(drop, (settled.drop,))
        if not last:
            self.touched |= settled.changed

    def _version(self, number: int) -> Version:
        query = f"SELECT {COLUMNS} FROM new_version WHERE number = %s"
        return to_version(one(self._connection, query, (number,)))

    def publish_versions(self) -> None:
        """Move what was logged into the archive's table, inside the open transaction."""
        if self._versions_dropped:
            self._connection.execute("DELETE FROM version")
        wrong = "UPDATE version SET packed = NULL WHERE number = ANY(%s)"
        self._connection.execute(wrong, (self._wrong_versions,))
        lost = "DELETE FROM version WHERE number = ANY(%s)"
        self._connection.execute(lost, (self._lost_versions,))
        for statement in PUBLISH:
            self._connection.execute(statement)
