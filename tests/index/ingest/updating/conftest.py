"""A seeds folder and its index, scanned again and again."""

from pathlib import Path

import pytest

from tests.support.fakes import FakeEncoder
from tests.support.scanned import Built
from tests.support.written import WrittenIndex


@pytest.fixture
def built(seeds: Path, tmp_path: Path, encoder: FakeEncoder) -> Built:
    return Built(seeds, WrittenIndex(str(tmp_path / "index"), encoder))
