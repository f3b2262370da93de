"""The log of earlier versions as a build writes it, bounded with every version that is added."""

from index.article import Article
from index.store.base.versions import (
    COLUMNS,
    MAX_LOGGED,
    MAX_PACKED,
    MAX_TEXTS,
    NEWEST_FIRST,
    Version,
    version_values,
)
from index.store.sqlite.connection import InTransaction
from index.store.sqlite.rows import find_article

LOGGED = "CREATE TEMP TABLE IF NOT EXISTS logged (number INTEGER PRIMARY KEY)"
DROP_TEXTS = f"""UPDATE version SET packed = NULL WHERE article = ?1 AND packed IS NOT NULL
    AND number NOT IN (SELECT number FROM (
        SELECT number, row_number() OVER newest AS place, sum(length(packed)) OVER newest AS size
        FROM version WHERE article = ?1 AND packed IS NOT NULL
        WINDOW newest AS (ORDER BY {NEWEST_FIRST})
    ) WHERE place <= {MAX_TEXTS} AND size <= {MAX_PACKED})"""
DROP_OLD = f"""DELETE FROM version WHERE article = ?1 AND number IN (
    SELECT number FROM version WHERE article = ?1 ORDER BY {NEWEST_FIRST}
    LIMIT -1 OFFSET {MAX_LOGGED})"""
TOO_MANY = f"""SELECT article FROM version
    WHERE article IN (SELECT article FROM version WHERE number IN (SELECT number FROM logged))
    GROUP BY article HAVING count(*) > {MAX_TEXTS} OR sum(length(packed)) > {MAX_PACKED}"""
TRIM_AFTER = 64  # versions of one article in a row; all are trimmed at the end
# what this build has logged and then ended up with after all
STANDING = """DELETE FROM version WHERE number IN (SELECT number FROM logged)
    AND digest = (SELECT text_digest FROM article WHERE id = version.article)"""


class VersionTable(InTransaction):
    """The table `version`, inside the writer's transaction."""

    touched: bool
    _latest: tuple[str, int] = ("", 0)  # the article that was logged last, and how often in a row

    def article(self, identity: str) -> Article | None:
        """Return the article with this id as the build has it so far."""
        return find_article(self._connection, "id", identity)

    def log(self, version: Version, once: bool = False) -> None:
        """Add a version to the log."""
        values = version_values(version)
        identity, digest, _, date, *_ = values
        query = "SELECT 1 FROM version WHERE (article, digest) = (?, ?) AND date IS ?"
        if once and self._connection.execute(query, (identity, digest, date)).fetchone():
            return
        number = self._connection.execute(
            f"INSERT INTO version ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", values
        ).lastrowid
        self._connection.execute(LOGGED)
        self._connection.execute("INSERT OR IGNORE INTO logged VALUES (?)", (number,))
        self._latest = identity, self._latest[1] + 1 if identity == self._latest[0] else 1
        if self._latest[1] % TRIM_AFTER == 0:
            self._trim(identity)
        self.touched = True

    def drop_versions(self) -> None:
        """Empty the log."""
        if self._connection.execute("DELETE FROM version").rowcount:
            self.touched = True

    def _settle_versions(self) -> None:
        self._connection.execute(LOGGED)
        self._connection.execute(STANDING)
        for (identity,) in self._connection.execute(TOO_MANY).fetchall():
            self._trim(identity)

    def _trim(self, identity: str) -> None:
        for statement in (DROP_TEXTS, DROP_OLD):
            self._connection.execute(statement, (identity,))
