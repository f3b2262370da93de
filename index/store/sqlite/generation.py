"""One published state of an index: its settings and its FAISS file, stored in one table."""

import json
import sqlite3
from dataclasses import asdict, dataclass, fields

from index.errors import StorageError
from index.store.base.settings import Settings
from index.store.faiss.state import FaissState

from .connection import REBUILD
from .schema import schema_version

FAISS = "vectors_"  # prefix of the FAISS file's rows


@dataclass(frozen=True, slots=True)
class Generation:
    """What the `setting` table holds."""

    settings: Settings
    faiss: FaissState


def read_generation(connection: sqlite3.Connection) -> Generation | None:
    """Return the published generation, or None while nothing has been published.

    Raises:
        StorageError: The rows are damaged.
    """
    if not schema_version(connection):
        return None
    rows = connection.execute("SELECT name, value FROM setting").fetchall()
    if not rows:
        return None
    try:
        values = {name: json.loads(value) for name, value in rows}
        faiss = {field.name: values.pop(FAISS + field.name) for field in fields(FaissState)
                 if FAISS + field.name in values}  # fmt: skip
        return Generation(Settings(**values), FaissState(**faiss))
    except (ValueError, TypeError) as error:
        raise StorageError(f"the index's settings are damaged ({error}): {REBUILD}") from error


def write_generation(connection: sqlite3.Connection, generation: Generation) -> None:
    """Store the generation inside the open transaction."""
    values = asdict(generation.settings)
    values |= {FAISS + name: value for name, value in asdict(generation.faiss).items()}
    rows = [(name, json.dumps(value)) for name, value in values.items()]
    connection.executemany("INSERT OR REPLACE INTO setting VALUES (?, ?)", rows)


def count_passages(connection: sqlite3.Connection, settings: Settings) -> int:
    """Count the passages; only an index of an earlier version needs counting."""
    if settings.passages >= 0:
        return settings.passages
    return int(connection.execute("SELECT count(*) FROM passage").fetchone()[0])
