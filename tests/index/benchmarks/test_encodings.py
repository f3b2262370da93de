"""Every encoding in every container is read right."""

from pathlib import Path

import pytest

from index.benchmarks.encodings import CONTAINERS, LABELS, is_right


def test_at_least_thirty_labels() -> None:
    assert len(LABELS) >= 30


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("label", LABELS)
def test_the_text_is_read_word_for_word(label: str, container: str, tmp_path: Path) -> None:
    assert is_right(label, container, tmp_path)
