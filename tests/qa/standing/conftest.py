"""An archive with standing questions about it."""

from pathlib import Path

import pytest

from tests.support.builds import Make
from tests.support.standing import FILLERS, StandingArchive


@pytest.fixture
def standing(make: Make, tmp_path: Path) -> StandingArchive:
    """An archive of fifteen articles that answer nothing."""
    archive = StandingArchive(make, tmp_path)
    archive.build(FILLERS)
    return archive
