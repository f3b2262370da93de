"""What a build knows of seed files and has met of articles: how removed articles are noticed."""

from collections.abc import Sequence

from index.store.base.protocol import Skip, StoredArticle
from index.store.base.stored import read_skips, to_stored, write_skips

from .connection import Connection

COUNT_PARTLY_READ = """WITH partly AS (
    SELECT skip ->> 0 AS place FROM file, json_array_elements(skipped::json) AS skip
    WHERE skipped <> '' AND CASE json_typeof(skip) WHEN 'array' THEN (skip ->> 3)::boolean END
) SELECT count(*) FROM article
WHERE place IN (SELECT place FROM partly) OR path IN (SELECT place FROM partly)"""

NOT_GONE = "NOT EXISTS (SELECT FROM gone g WHERE g.number = a.number)"


class SeedRecords:
    """The `file` table as the build will leave it, and the marks on published articles.

    Articles that the build itself has added are met by that.
    """

    _connection: Connection
    _buffered: dict[str, StoredArticle]
    _published: int
    _absent: str | None

    def _open_records(self) -> None:
        self._files: dict[str, tuple[str, str] | None] = {}  # changed: (stamp, skipped), or gone

    def skips(self, path: str, stamp: str, reader: str) -> list[Skip] | None:
        """Return what was skipped of a file that still looks like `stamp`, else None: read it."""
        known = self._file(path)
        if known is None or known[0] != stamp:
            return None
        read_by, skips = read_skips(known[1])
        return skips if read_by in (None, reader) else None

    def last_skips(self, path: str) -> list[Skip]:
        """Return what was skipped of a file when it was last read."""
        known = self._file(path)
        return read_skips(known[1])[1] if known else []

    def set_read(self, path: str, stamp: str, skips: Sequence[Skip], reader: str) -> None:
        """Record how a file looked when `reader` read it, and what was skipped of it."""
        self._files[path] = stamp, write_skips(skips, reader)

    def looks_as_read(self, path: str, stamp: str) -> bool:
        """Whether a file looks as it did when it was last read, by whatever reader."""
        known = self._file(path)
        return known is not None and known[0] == stamp

    def set_unread(self, path: str) -> None:
        """Make the next build read the file again, changed or not."""
        if known := self._file(path):
            self._files[path] = "", known[1]

    def forget(self, path: str) -> None:
        """Remove a file that is gone from the record."""
        self._files[path] = None

    def paths(self) -> list[str]:
        """Return the paths of all files on record."""
        stored = {path for (path,) in self._connection.execute("SELECT path FROM file")}
        return [path for path in stored | self._files.keys() if self._files.get(path, path)]

    def find(self, identity: str) -> StoredArticle | None:
        """Return what the index knows of the article with this id."""
        if buffered := self._buffered.get(identity):
            return buffered
        row = self._connection.execute(
            "SELECT path, coalesce("
            "(SELECT p.place FROM new_place p WHERE p.number = a.number), place),"
            " digest, text_digest, source_digest, date, EXISTS ("
            "SELECT FROM seen s WHERE s.number = a.number), number > %s"
            " FROM now_article a WHERE id = %s",
            (self._published, identity),
        ).fetchone()
        self._absent = identity if row is None else None
        return to_stored(row[:6], row[6] or row[7], row[7]) if row else None

    def see_file(self, path: str) -> int:
        """Mark the articles of a file as still there; return how many there are."""
        return self._see("a.path = %s", path)

    def see_at(self, identity: str, place: str) -> None:
        """Mark an article as still there, and note the place where it stands now."""
        self._see("a.id = %s", identity)
        self._connection.execute(
            f"INSERT INTO new_place SELECT number, %s FROM article a WHERE id = %s AND {NOT_GONE}"
            " ON CONFLICT (number) DO UPDATE SET place = excluded.place",
            (place, identity),
        )

    def see_in(self, path: str, place: str) -> int:
        """Mark the articles at or inside this place of a file as still there; return how many."""
        inside = "a.path = %s AND (%s IN (a.path, {0}) OR starts_with({0}, %s || '#'))"
        return self._see(inside.format("coalesce(p.place, a.place)"), path, place, place)

    def see_below(self, path: str) -> int:
        """Mark all articles below a folder ("." is the seeds folder); return how many."""
        return self._see("starts_with(a.path, %s)", "" if path == "." else f"{path}/")

    def unseen(self) -> list[tuple[str, bytes]]:
        """Return (id, digest) of the articles that this build has not met."""
        return self._connection.execute(
            f"SELECT id, digest FROM article a WHERE {NOT_GONE}"
            " AND NOT EXISTS (SELECT FROM seen s WHERE s.number = a.number)"
        ).fetchall()

    def set_all_unread(self) -> None:
        """Make the next build read every file again."""
        self._files |= dict.fromkeys(self.paths())

    def _file(self, path: str) -> tuple[str, str] | None:
        if path in self._files:
            return self._files[path]
        row = self._connection.execute(
            "SELECT stamp, skipped FROM file WHERE path = %s", (path,)
        ).fetchone()
        return (row[0], row[1]) if row else None

    def _see(self, condition: str, *values: str) -> int:
        return self._connection.execute(
            "INSERT INTO seen SELECT a.number FROM article a LEFT JOIN new_place p USING (number)"
            f" WHERE {condition} AND {NOT_GONE}"
            " ON CONFLICT DO NOTHING",
            values,
        ).rowcount

    def store_records(self) -> None:
        """Store what is known of the files, inside the open transaction."""
        self._connection.execute(
            "UPDATE article a SET place = p.place FROM new_place p"
            " WHERE a.number = p.number AND a.place <> p.place"
        )
        self._connection.execute(
            "DELETE FROM file WHERE path = ANY(%s)",
            ([path for path, known in self._files.items() if known is None],),
        )
        self._connection.cursor().executemany(
            "INSERT INTO file VALUES (%s, %s, %s) ON CONFLICT (path)"
            " DO UPDATE SET stamp = excluded.stamp, skipped = excluded.skipped",
            [(path, *known) for path, known in self._files.items() if known],
        )
