"""The places of an index that every test of the contract runs for: one per backend."""

from pathlib import Path

import pytest

from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex

BACKENDS = ["folder", "database"]


@pytest.fixture(params=BACKENDS)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place where there is no index yet."""
    if request.param == "folder":
        return str(tmp_path / "index")
    return str(request.getfixturevalue("address"))


@pytest.fixture
def index(where: str, encoder: FakeEncoder) -> WrittenIndex:
    return WrittenIndex(where, encoder)
