"""An index at each place that every test of the contract runs for."""

import pytest

from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex


@pytest.fixture
def index(where: str, encoder: FakeEncoder) -> WrittenIndex:
    return WrittenIndex(where, encoder)
