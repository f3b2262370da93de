"""An index in a folder that tests write to directly, without seeds."""

from pathlib import Path

import pytest

from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which there is no index yet."""
    return tmp_path / "written"


@pytest.fixture
def written(folder: Path, encoder: FakeEncoder) -> WrittenIndex:
    return WrittenIndex(str(folder), encoder)
