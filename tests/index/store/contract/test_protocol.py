"""No method of the seam is left out of the contract."""

from pathlib import Path

import pytest

from index.store.base.protocol import (
    EmbeddingCache,
    Snapshot,
    Store,
    VersionReader,
    Writer,
)
from index.store.base.records import StatisticsReader

PROTOCOLS = [EmbeddingCache, Snapshot, StatisticsReader, Store, VersionReader, Writer]
TESTS = "\n".join(file.read_text("utf-8") for file in Path(__file__).parent.glob("test_*.py"))


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_method_is_used_by_a_contract_test(protocol: type) -> None:
    methods = {name for name in vars(protocol) if not name.startswith("_")}
    assert len(methods) >= 4
    assert {name for name in methods if f".{name}" not in TESTS} == set()
