"""What is stored of a generation comes back, and damage is told."""

import numpy as np
import pytest

from index.errors import StorageError
from index.store.base.centering import LanguageSums
from index.store.base.settings import Settings
from index.store.postgres.address import Address
from index.store.postgres.connection import Connection
from index.store.postgres.schema import prepare_tables
from index.store.postgres.setting import (
    Generation,
    State,
    read_generation,
    read_means,
    read_sums,
    write_generation,
    write_sums,
)

GENERATION = Generation(
    Settings("fake", "1", 3, 128, 1, 4, 7, "2026-01-01", 9, "text"),
    State(5, 20, 300, {"en": "near_1"}, 80, 0.985, 9),
)


@pytest.fixture
def parsed(address: str, session: Connection) -> Address:
    parsed = Address.parse(address)
    prepare_tables(session, parsed.archive)
    return parsed


def test_a_generation_is_read_back(parsed: Address, session: Connection) -> None:
    assert read_generation(session, parsed) is None
    write_generation(session, GENERATION)
    write_generation(session, GENERATION)
    assert read_generation(session, parsed) == GENERATION


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM setting WHERE name = 'postgres_last'",
        "UPDATE setting SET value = '{' WHERE name = 'encoder'",
        "INSERT INTO setting VALUES ('more', '1')",
        "UPDATE setting SET value = 'null' WHERE name = 'schema'",
    ],
)
def test_damaged_settings_are_an_error(parsed: Address, session: Connection, damage: str) -> None:
    write_generation(session, GENERATION)
    session.execute(damage)
    with pytest.raises(StorageError, match=r"are damaged .* restore a backup"):
        read_generation(session, parsed)


def test_sums_and_means_are_read_back(parsed: Address, session: Connection) -> None:
    assert read_sums(session, 3) is None
    sums = LanguageSums(3)
    sums.add(np.eye(3, dtype=np.float32), ["zh", "en", ""])
    write_sums(session, sums)
    stored = read_sums(session, 3)
    assert stored is not None
    assert stored.counts == sums.counts
    assert all(np.array_equal(stored.sums[code], sums.sums[code]) for code in sums.sums)
    means = read_means(session, 3)
    assert means.codes == ("", "en", "zh")
    assert np.array_equal(means.means, sums.means().means)
    assert read_sums(session, 4) is None  # of another dimension
