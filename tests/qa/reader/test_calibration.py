"""Confidence from features, per language, and its file."""

import json
import math
from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa.reader.calibration import FEATURES, Calibration, features
from qa.reader.reader import CALIBRATION


def test_confidence_grows_with_score_lead_and_support() -> None:
    calibration = Calibration({"en": (-1.0, 3.0, 1.0, 0.5), "zh": (0.0, 1.0, 0.0, 0.0)}, 0.4)
    low = calibration.confidence("en", features(1.0, 0.0, 0))
    assert calibration.confidence("en", features(5.0, 0.0, 0)) > low
    assert calibration.confidence("en", features(1.0, 4.0, 0)) > low
    assert calibration.confidence("en", features(1.0, 0.0, 2)) > low
    assert calibration.confidence("de", features(1.0, 0.0, 0)) == low  # shares English's
    assert calibration.confidence("zh", features(1.0, 0.0, 0)) != low


def test_a_damaged_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    for content in ("", json.dumps({"threshold": 0.5, "weights": {"zh": {}}})):
        path.write_text(content)
        with pytest.raises(ArchiveError, match=r"calibration\.json"):
            Calibration.load(path)


def test_weights_are_chosen_by_the_language_of_the_passage() -> None:
    few = Calibration({"en": (0.0,) * 4, "zh": (1.0,) * 4}, 0.5)
    german = "Der Wärter zählte neun Schiffe vor dem Mittag und schrieb sie in sein Buch."
    assert few.language_of("灯塔看守人在中午之前数了九艘船。") == "zh"
    assert few.language_of(german) == "en"  # like all languages without weights of their own
    more = Calibration({**few.weights, "de": (2.0,) * 4}, 0.5)
    assert more.language_of(german) == "de"
    assert more.language_of("灯台守は九隻の船を数えた。") == "ja"


def test_features_are_scaled_and_clipped() -> None:
    assert features(5.0, -2.0, 1) == (1.0, 0.5, -0.2, math.log(2))
    assert features(1e6, -1e6, 99) == features(40.0, -10.0, 3) == (1.0, 4.0, -1.0, math.log(4))


def test_an_unknown_language_uses_the_weights_of_the_others() -> None:
    calibration = Calibration({"en": (2.0, 0.0, 0.0, 0.0), "zh": (0.0,) * 4}, 0.5)
    values = features(0.0, 0.0, 0)
    assert calibration.confidence(None, values) == calibration.confidence("en", values)
    assert calibration.confidence("zh", values) == 0.5


def test_the_shipped_calibration_has_a_weight_for_each_feature() -> None:
    shipped = Calibration.load(CALIBRATION)
    assert {"en", "zh"} <= shipped.weights.keys()
    assert {len(weights) for weights in shipped.weights.values()} == {len(FEATURES)}
    assert 0 < shipped.threshold < 1
