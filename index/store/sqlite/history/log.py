"""The log of earlier versions as a build writes it: in order, and bounded, when it is settled."""

from collections.abc import Sequence
from functools import partial

from index.article import Article
from index.store.base.history.order import ENTRY, TEXTS_AFTER, Entry, compared, settle
from index.store.base.history.rows import COLUMNS, NEWEST_FIRST, to_version, version_values
from index.store.base.versions import Version
from index.store.sqlite.connection import InTransaction
from index.store.sqlite.rows import find_article

# the numbers of what this build has logged, and the articles whose log it has yet to settle
LOGGED = (
    "CREATE TEMP TABLE IF NOT EXISTS logged (number INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE IF NOT EXISTS unsettled (article TEXT PRIMARY KEY) WITHOUT ROWID",
)
STATED = f"""SELECT number, line FROM version WHERE (article, date, digest) = (?, ?, ?)
    ORDER BY {NEWEST_FIRST} LIMIT 1"""
# what earlier builds replaced is stated by no later day
EARLIER_BUILDS = "UPDATE version SET stated = ?2 WHERE article = ?1 AND NOT line AND stated > ?2"
ENTRIES = f"""SELECT {ENTRY}, number IN (SELECT number FROM logged) FROM version
    WHERE article = ? ORDER BY {NEWEST_FIRST}"""
# the articles put in after the one with this number that had another text before
PUT = """INSERT OR IGNORE INTO unsettled SELECT id FROM article
    WHERE number > ? AND id IN (SELECT article FROM version)"""


class VersionTable(InTransaction):
    """The table `version`, inside the writer's transaction."""

    touched: bool
    _last_article: int
    _latest: tuple[str, int] = ("", 0)  # the article that was logged last, and how often in a row

    def article(self, identity: str) -> Article | None:
        """Return the article with this id as the build has it so far."""
        return find_article(self._connection, "id", identity)

    def log(self, version: Version) -> None:
        """Add a version to the log; one that a line states only once."""
        values = version_values(version)
        identity, digest, _, date, _, stated, *_ = values
        self._open_log()
        self._connection.execute("INSERT OR IGNORE INTO unsettled VALUES (?)", (identity,))
        if version.line and self._restate(stated, identity, date, digest):
            return
        if not version.line:
            self._connection.execute(EARLIER_BUILDS, (identity, stated))
        places = ", ".join("?" * len(values))
        number = self._connection.execute(
            f"INSERT INTO version ({COLUMNS}) VALUES ({places})", values
        ).lastrowid
        self._connection.execute("INSERT OR IGNORE INTO logged VALUES (?)", (number,))
        self._latest = identity, self._latest[1] + 1 if identity == self._latest[0] else 1
        if self._latest[1] % TEXTS_AFTER == 0:
            self._settle(identity, number or 0)

    def _restate(self, stated: str, *text: str | bytes) -> bool:
        """Return whether the log has a line's text; if a build replaced it, the line states it."""
        row = self._connection.execute(STATED, text).fetchone()
        if row and not row[1]:
            restate = "UPDATE version SET line = 1, stated = ? WHERE number = ?"
            self._connection.execute(restate, (stated, row[0]))
            self.touched = True
        return row is not None

    def drop_versions(self) -> None:
        """Empty the log."""
        if self._connection.execute("DELETE FROM version").rowcount:
            self.touched = True

    def settle_versions(self) -> None:
        """Bring the log into order."""
        self._open_log()
        self._connection.execute(PUT, (self._last_article,))
        for (identity,) in self._connection.execute("SELECT article FROM unsettled").fetchall():
            self._settle(identity)
        self._connection.execute("DELETE FROM unsettled")

    def _open_log(self) -> None:
        for statement in LOGGED:
            self._connection.execute(statement)

    def _settle(self, identity: str, last: int = 0) -> None:
        row = self._one("SELECT text_digest FROM article WHERE id = ?", identity)
        rows = self._connection.execute(ENTRIES, (identity,))
        settled = settle([Entry(*row) for row in rows], row[0] if row else None, last)
        article = partial(self.article, identity)
        counts = [
            (compared(pair, article, self._version), pair.against, pair.older)
            for pair in settled.compare
        ]
        self._change("UPDATE version SET sentences = ?, against = ? WHERE number = ?", counts)
        texts = [(number,) for number in settled.drop_texts]
        self._change("UPDATE version SET packed = NULL WHERE number = ?", texts)
        self._change("DELETE FROM version WHERE number = ?", [(n,) for n in settled.drop])
        if not last:
            self.touched |= settled.changed

    def _version(self, number: int) -> Version:
        return to_version(self._one(f"SELECT {COLUMNS} FROM version WHERE number = ?", number))

    def _change(self, statement: str, rows: Sequence[tuple[int | bytes | None, ...]]) -> None:
        self._connection.executemany(statement, rows)
