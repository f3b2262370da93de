"""Ways to damage an index behind the store's back, for the tests of check and repair."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path


def execute(index: Path, statement: str, values: Sequence[object] = ()) -> None:
    """Run one statement on the index's database; it must change something."""
    connection = sqlite3.connect(index / "archive.sqlite", isolation_level=None)
    assert connection.execute(statement, values).rowcount != 0
    connection.close()


def flip(file: Path, bit: int) -> None:
    """Flip one bit of a file."""
    data = bytearray(file.read_bytes())
    data[bit // 8] ^= 1 << bit % 8
    file.write_bytes(data)
