"""An archive in a PostgreSQL database, open for reading."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from index.encoder.sentence import Encoder
from index.errors import NoIndexError
from index.store.base.protocol import Problem, Repaired
from index.store.base.settings import Settings

from .address import Address
from .connection import Connection, connect, lock, pooled, prepare, unlock
from .failures import database_errors
from .schema import NAMES, exists
from .setting import read_generation
from .snapshot import PostgresSnapshot


class PostgresStore:
    """The archive at an address; safe to use from several threads at once.

    Its methods are documented in `index/store/base/protocol.py`. Nothing is connected before it is
    used.
    """

    def __init__(self, address: Address) -> None:
        self._address = address

    @property
    def where(self) -> str:
        """The address without its secrets, as messages name it."""
        return self._address.shown

    @property
    def place(self) -> str:
        """The whole address, to open the index again; it is never shown."""
        return self._address.given

    @property
    def settings(self) -> Settings:
        """The settings of the generation that is published now."""
        with self.snapshot() as snapshot:
            return snapshot.settings

    @contextmanager
    def snapshot(self) -> Iterator[PostgresSnapshot]:
        """Open the archive as it is now; later builds are seen by the next snapshot."""
        with self._transaction() as connection:
            generation = read_generation(connection, self._address)
            if generation is None:
                raise NoIndexError(
                    f"the index in '{self.where}' was never finished: build it again"
                )
            yield PostgresSnapshot(connection, generation)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with database_errors(self._address), pooled(self._address) as connection:
            if not prepare(connection, self._address, local=True):
                raise NoIndexError(
                    f"there is no index in '{self.where}': "
                    f"make one with  python -m index SEEDS --index '{self.where}'"
                )
            yield connection

    def require_encoder(self, encoder: Encoder) -> None:
        """Raise ArchiveError unless encoder and term rules are those of the index."""
        settings = self.settings
        settings.require_encoder(encoder, self.where)
        settings.require_terms(self.where)

    def note(self, name: str) -> str | None:
        """Return the text that is kept under this name, or None."""
        with self._transaction() as connection:
            query = "SELECT text FROM note WHERE name = %s"
            row = connection.execute(query, (name,)).fetchone()
            return str(row[0]) if row else None

    def set_note(self, name: str, text: str | None) -> None:
        """Keep a short text under this name; None drops it."""
        with self._writing() as connection, connection.transaction():
            connection.execute("DELETE FROM note WHERE name = %s", (name,))
            if text is not None:
                connection.execute("INSERT INTO note VALUES (%s, %s)", (name, text))

    def forget_versions(self, identities: Sequence[str]) -> int:
        """Delete what the log holds of these articles; return how many versions that were."""
        with self._writing() as connection:
            if not exists(connection, self._address.archive, "version"):
                return 0
            delete = "DELETE FROM version WHERE article = ANY(%s)"
            count = connection.execute(delete, (list(identities),)).rowcount
            connection.execute("VACUUM version")  # dead rows would keep the texts
            return count

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Open a session of its own, while no build is under way."""
        _ = self.settings  # there is an index
        with database_errors(self._address), connect(self._address) as connection:
            prepare(connection, self._address, local=False)
            lock(connection, self._address)
            yield connection
            unlock(connection, self._address)

    def sizes(self) -> dict[str, int]:
        """Return the bytes that each table takes with its indexes, by name."""
        with self._transaction() as connection:
            rows = connection.execute(
                "SELECT name, pg_total_relation_size(to_regclass(name))"
                " FROM unnest(%s::text[]) AS name WHERE to_regclass(name) IS NOT NULL",
                (list(NAMES),),
            )
            return dict(rows.fetchall())

    def problems(self) -> list[Problem]:
        """Read the whole index and return everything that is wrong with it."""
        from .integrity.check import problems  # most programs never need it

        with self._transaction() as connection:
            return problems(connection, self._address)

    def repair(self, encoder: Encoder | None = None, progress: bool = False) -> Repaired:
        """Rebuild what is derived from the stored articles."""
        from .integrity.repair import repair

        return repair(self._address, self.problems, encoder, progress)
