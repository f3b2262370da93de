"""Settings of the reader from its calibration.json."""

from typing import Any

import pytest

from qa.reader.settings import Settings


def test_absent_settings_have_defaults() -> None:
    assert Settings.from_json({}) == Settings()
    assert Settings.from_json({"stop_confidence": 0.9}) == Settings(stop_confidence=0.9)


@pytest.mark.parametrize(
    "content",
    [{"mark": "all"}, {"grow": "question"}, {"top_k": 11}, {"first_passages": 0}, {"top_k": 2}],
)
def test_values_out_of_range_are_errors(content: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=str(next(iter(content.values())))):
        Settings.from_json(content)


def test_unknown_names_are_errors() -> None:
    with pytest.raises(TypeError):
        Settings.from_json({"speed": 1})
