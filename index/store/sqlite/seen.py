"""What a build knows of seed files and has met of articles: how removed articles are noticed."""

from collections.abc import Sequence

from index.store.base.protocol import Skip, StoredArticle
from index.store.base.stored import read_skips, to_stored, write_skips

from .connection import InTransaction

COUNT_PARTLY_READ = """WITH partly (place) AS (
    SELECT json_extract(skip.value, '$[0]') FROM file, json_each(nullif(skipped, '')) AS skip
    WHERE CASE skip.type WHEN 'array' THEN json_extract(skip.value, '$[3]') END
) SELECT count(*) FROM article
WHERE place IN (SELECT place FROM partly) OR path IN (SELECT place FROM partly)"""


class SeedRecords(InTransaction):
    """The `file` table and this build's marks, inside the writer's transaction."""

    _last_article: int  # highest number of an article that was published before this build

    def skips(self, path: str, stamp: str, reader: str) -> list[Skip] | None:
        """Return what was skipped of a file that still looks like `stamp`, else None: read it."""
        row = self._one("SELECT stamp, skipped FROM file WHERE path = ?", path)
        if row is None or row[0] != stamp:
            return None
        read_by, skips = read_skips(row[1])
        return skips if read_by in (None, reader) else None

    def last_skips(self, path: str) -> list[Skip]:
        """Return what was skipped of a file when it was last read."""
        row = self._one("SELECT skipped FROM file WHERE path = ?", path)
        return read_skips(row[0])[1] if row else []

    def set_read(self, path: str, stamp: str, skips: Sequence[Skip], reader: str) -> None:
        """Record how a file looked when `reader` read it, and what was skipped of it."""
        self._connection.execute(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?)",
            (path, stamp, write_skips(skips, reader)),
        )

    def looks_as_read(self, path: str, stamp: str) -> bool:
        """Whether a file looks as it did when it was last read, by whatever reader."""
        row = self._one("SELECT stamp FROM file WHERE path = ?", path)
        return bool(row and row[0] == stamp)

    def set_unread(self, path: str) -> None:
        """Make the next build read the file again, changed or not."""
        self._connection.execute("UPDATE file SET stamp = '' WHERE path = ?", (path,))

    def forget(self, path: str) -> None:
        """Remove a file that is gone from the record."""
        self._connection.execute("DELETE FROM file WHERE path = ?", (path,))

    def set_all_unread(self) -> None:
        """Make the next build read every file again."""
        self._connection.execute("DELETE FROM file")

    def paths(self) -> list[str]:
        """Return the paths of all files on record."""
        return [row[0] for row in self._connection.execute("SELECT path FROM file")]

    def find(self, identity: str) -> StoredArticle | None:
        """Return what the index knows of the article with this id."""
        row = self._one(
            "SELECT path, place, digest, text_digest, source_digest, date, number IN"
            " (SELECT number FROM seen), number FROM article WHERE id = ?",
            identity,
        )
        return to_stored(row[:6], bool(row[6]), row[7] > self._last_article) if row else None

    def see_file(self, path: str) -> int:
        """Mark the articles of a file as still there; return how many there are."""
        return self._see("path = ?1", path)

    def see_at(self, identity: str, place: str) -> None:
        """Mark an article as still there, and note the place where it stands now."""
        self._see("id = ?1", identity)
        self._connection.execute(
            "UPDATE article SET place = ?1 WHERE id = ?2 AND place != ?1", (place, identity)
        )

    def see_in(self, path: str, place: str) -> int:
        """Mark the articles at or inside this place of a file as still there; return how many."""
        inside = (
            "path = ?1 AND (?2 IN (path, place) OR substr(place, 1, length(?2) + 1) = ?2 || '#')"
        )
        return self._see(inside, path, place)

    def see_below(self, path: str) -> int:
        """Mark all articles below a folder ("." is the seeds folder); return how many."""
        prefix = "" if path == "." else f"{path}/"
        return self._see("substr(path, 1, length(?1)) = ?1", prefix)

    def unseen(self) -> list[tuple[str, bytes]]:
        """Return (id, digest) of the articles that this build has not met."""
        return self._connection.execute(
            "SELECT id, digest FROM article WHERE number NOT IN (SELECT number FROM seen)"
        ).fetchall()

    def _see(self, condition: str, *values: str) -> int:
        return self._connection.execute(
            f"INSERT OR IGNORE INTO seen SELECT number FROM article WHERE {condition}", values
        ).rowcount
