"""An index in a folder: `archive.sqlite` and the FAISS file beside it, open for reading."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from index.encoder.sentence import Encoder
from index.errors import NoIndexError
from index.store.base.centering import LanguageMeans
from index.store.base.protocol import Problem, Repaired
from index.store.base.settings import Settings

from .connection import connect, exclusively, storage_errors
from .generation import Generation, read_generation
from .schema import NOTE_TABLE, has_versions
from .snapshot import SqliteSnapshot
from .vector_search import VectorSearch


class SqliteStore:
    """The index in `folder`; safe to use from several threads at once.

    Its methods are documented in `index/store/base/protocol.py`. Nothing is opened before it is
    used, so that a damaged index can be examined and repaired too.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loading = threading.Lock()
        self._loaded: tuple[tuple[int, int, str], VectorSearch] | None = None

    @property
    def where(self) -> str:
        """The folder, as messages name it."""
        return str(self._folder)

    @property
    def place(self) -> str:
        """The folder, to open the index again."""
        return str(self._folder)

    @property
    def settings(self) -> Settings:
        """The settings of the generation that is published now."""
        with self.snapshot() as snapshot:
            return snapshot.settings

    @contextmanager
    def snapshot(self) -> Iterator[SqliteSnapshot]:
        """Open the archive as it is now; later builds are seen by the next snapshot."""
        connection = connect(self._folder)
        try:
            with storage_errors(self._folder):
                connection.execute("BEGIN")
                generation = read_generation(connection)
                if generation is None:
                    raise NoIndexError(
                        f"the index in '{self._folder}' was never finished: build it again"
                    )
                yield SqliteSnapshot(connection, generation, self._vectors)
        finally:
            connection.close()

    def _vectors(
        self, connection: sqlite3.Connection, generation: Generation, means: LanguageMeans
    ) -> VectorSearch:
        with self._loading:
            settings, faiss = generation.settings, generation.faiss
            # the time too: a folder that was built anew counts its generations from 1 again
            key = settings.generation, faiss.crc, settings.published
            if self._loaded is None or self._loaded[0] != key:
                old = self._loaded[1] if self._loaded else None
                search = VectorSearch.load(connection, self._folder, generation, means, old)
                self._loaded = key, search
            return self._loaded[1]

    def require_encoder(self, encoder: Encoder) -> None:
        """Raise ArchiveError unless encoder and term rules are those of the index."""
        settings = self.settings
        settings.require_encoder(encoder, self.where)
        settings.require_terms(self.where)

    def note(self, name: str) -> str | None:
        """Return the text that is kept under this name, or None."""
        with storage_errors(self._folder), closing(connect(self._folder)) as connection:
            table = "SELECT 1 FROM sqlite_master WHERE name = 'note'"
            if connection.execute(table).fetchone() is None:
                return None
            query = "SELECT text FROM note WHERE name = ?"
            row = connection.execute(query, (name,)).fetchone()
            return str(row[0]) if row else None

    def set_note(self, name: str, text: str | None) -> None:
        """Keep a short text under this name; None drops it."""
        with self._writing() as connection:
            connection.execute(NOTE_TABLE)
            connection.execute("DELETE FROM note WHERE name = ?", (name,))
            if text is not None:
                connection.execute("INSERT INTO note VALUES (?, ?)", (name, text))

    def forget_versions(self, identities: Sequence[str]) -> int:
        """Delete what the log holds of these articles; return how many versions that were."""
        with self._writing() as connection:
            if not has_versions(connection):
                return 0
            delete = "DELETE FROM version WHERE article = ?"
            return connection.executemany(delete, [(one,) for one in identities]).rowcount

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction of its own, while no build is under way."""
        _ = self.settings  # there is an index
        with (
            storage_errors(self._folder),
            exclusively(self._folder),
            closing(connect(self._folder, write=True)) as connection,
        ):
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
            # else what was deleted would stay in the write-ahead log
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def sizes(self) -> dict[str, int]:
        """Return the bytes that each file takes, by name."""
        found: dict[str, int] = {}
        for file in sorted(self._folder.iterdir()):
            with suppress(FileNotFoundError):  # a build may remove one meanwhile
                files = file.rglob("*") if file.is_dir() else [file]  # of earlier texts
                found[file.name] = sum(each.stat().st_size for each in files)
        return found

    def problems(self) -> list[Problem]:
        """Read the whole index and return everything that is wrong with it."""
        from .integrity.check import problems  # most programs never need it

        return problems(self._folder)

    def repair(self, encoder: Encoder | None = None, progress: bool = False) -> Repaired:
        """Rebuild what is derived from the stored articles."""
        from .integrity.repair import repair

        return repair(self._folder, encoder, progress)
