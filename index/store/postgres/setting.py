"""What the tables `setting` and `language` say of the published generation."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields

from index.errors import ArchiveError, StorageError
from index.store.base.centering import LanguageMeans, LanguageSums, means_of_rows, sums_of_rows
from index.store.base.history.rows import COLUMNS, OLDER_COLUMNS
from index.store.base.settings import Settings

from .address import Address
from .connection import Connection
from .schema import SCHEMA

STATE = "postgres_"  # prefix of this backend's own rows


@dataclass(frozen=True, slots=True)
class State:
    """What only this backend needs to know."""

    articles: int = 0  # the highest number that any article has ever had
    last: int = 0  # the highest id that any passage has ever had
    tokens: int = 0  # terms of all passages, for BM25
    # HNSW indexes by language; the other languages, and a small archive, are searched exactly
    indexes: Mapping[str, str] = field(default_factory=dict)
    ef_search: int = 0  # 0: everything is searched exactly
    recall: float = 1.0  # recall@10 against exact search
    measured: int = 0  # passages when it was measured


@dataclass(frozen=True, slots=True)
class Generation:
    """One published state of the archive."""

    settings: Settings
    state: State
    schema: int = SCHEMA  # a build brings an older one up to date; until then it is read as it is

    @property
    def has_versions(self) -> bool:
        """Whether there is a log of earlier versions."""
        return self.schema > 1

    @property
    def version_columns(self) -> str:
        """The SQL of the log's columns."""
        return COLUMNS if self.schema > 2 else OLDER_COLUMNS


def read_generation(connection: Connection, address: Address) -> Generation | None:
    """Return the published generation, or None while nothing has been published.

    Raises:
        ArchiveError: A newer version of the program made the tables.
        StorageError: The rows are damaged.
    """
    rows = connection.execute("SELECT name, value FROM setting").fetchall()
    if not rows:
        return None
    try:
        values = {name: json.loads(value) for name, value in rows}
        schema = int(values.pop("schema"))
        if schema <= SCHEMA:
            state = {f.name: values.pop(STATE + f.name) for f in fields(State)}
            return Generation(Settings(**values), State(**state), schema)
    except (ValueError, TypeError, KeyError) as error:
        raise StorageError(
            f"the settings of {address.shown} are damaged ({error}): restore a backup, or drop the "
            f"schema {address.archive} and build again"
        ) from error
    raise ArchiveError(
        f"the index {address.shown} has schema {schema}, this version reads schema {SCHEMA}: "
        "update this program"
    )


def write_generation(connection: Connection, generation: Generation) -> None:
    """Store the generation inside the open transaction."""
    values = asdict(generation.settings) | {"schema": SCHEMA}
    values |= {STATE + name: value for name, value in asdict(generation.state).items()}
    connection.cursor().executemany(
        "INSERT INTO setting VALUES (%s, %s)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [(name, json.dumps(value)) for name, value in values.items()],
    )


def read_means(connection: Connection, dimension: int) -> LanguageMeans:
    """Return the archive's languages with their mean vectors."""
    rows = connection.execute("SELECT code, mean FROM language ORDER BY code").fetchall()
    return means_of_rows(rows, dimension)


def read_sums(connection: Connection, dimension: int) -> LanguageSums | None:
    """Return the sums of the last build; None if there are none, or they are damaged."""
    rows = connection.execute("SELECT code, passages, sum FROM language").fetchall()
    return sums_of_rows(rows, dimension)


def write_sums(connection: Connection, sums: LanguageSums) -> None:
    """Store the sums and the means that follow from them."""
    languages = sums.means()
    connection.execute("DELETE FROM language")
    connection.cursor().executemany(
        "INSERT INTO language VALUES (%s, %s, %s, %s)",
        [
            (code, sums.counts[code], mean.tobytes(), sums.sums[code].astype("<f8").tobytes())
            for code, mean in zip(languages.codes, languages.means, strict=True)
        ],
    )
