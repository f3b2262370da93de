"""The small training set, as files and loaded."""

from pathlib import Path

import pytest

from qa.training.data.contexts import Context, Question
from tests.support.training_data import load_training_data, write_training_data


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with train/ and dev/."""
    return write_training_data(tmp_path / "data")


@pytest.fixture
def loaded(tmp_path: Path) -> tuple[list[Context], list[Question]]:
    """Contexts and questions."""
    return load_training_data(tmp_path / "loaded")
