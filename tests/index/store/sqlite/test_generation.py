"""What a generation was made by, stored and read back."""

import sqlite3
from collections.abc import Iterator

import pytest

from index.errors import StorageError
from index.store.base.settings import Settings
from index.store.faiss.state import FaissState
from index.store.sqlite.generation import Generation, read_generation, write_generation
from index.store.sqlite.schema import prepare_tables

GENERATION = Generation(
    Settings("fake", "1", 64, 128, 1, 1, generation=3, published="2025-10-28", passages=7),
    FaissState("vectors-3.faiss", 9, last=5, trained=4, depth=200, recall=0.99),
)


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    prepare_tables(connection)
    yield connection
    connection.close()


def test_what_is_written_is_read_back(connection: sqlite3.Connection) -> None:
    assert read_generation(connection) is None
    write_generation(connection, GENERATION)
    assert read_generation(connection) == GENERATION


def test_an_empty_file_has_no_generation() -> None:
    connection = sqlite3.connect(":memory:")
    assert read_generation(connection) is None
    connection.close()


def test_an_index_of_an_earlier_version_lacks_some_rows(connection: sqlite3.Connection) -> None:
    write_generation(connection, GENERATION)
    connection.execute(
        "DELETE FROM setting WHERE name IN ('passages', 'published', 'vectors_depth',"
        " 'vectors_last', 'vectors_trained', 'vectors_recall')"
    )
    generation = read_generation(connection)
    assert generation is not None
    assert (generation.settings.passages, generation.settings.published) == (-1, "")
    assert generation.faiss == FaissState("vectors-3.faiss", 9)
    assert generation.faiss.exact


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE setting SET value = '{' WHERE name = 'encoder'",
        "UPDATE setting SET name = 'odd' WHERE name = 'encoder'",
        "DELETE FROM setting WHERE name = 'dimension'",
    ],
)
def test_damaged_rows_are_an_error(connection: sqlite3.Connection, statement: str) -> None:
    write_generation(connection, GENERATION)
    connection.execute(statement)
    with pytest.raises(StorageError, match=r"settings are damaged .*build it again"):
        read_generation(connection)
