"""Confidence from features, per language, and its file."""

import json
import math
from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa.reader.calibration import (
    FEATURES,
    Calibration,
    features,
    language_pair,
)
from qa.reader.reader import FAST_WEIGHTS, WEIGHTS
from qa.reader.settings import Settings


def test_confidence_grows_with_score_lead_and_support() -> None:
    calibration = Calibration({"other": (-1.0, 3.0, 1.0, 0.5), "zh": (0.0, 1.0, 0.0, 0.0)}, 0.4)
    low = calibration.confidence("de", features(1.0, 0.0, 0))
    assert calibration.confidence("de", features(5.0, 0.0, 0)) > low
    assert calibration.confidence("de", features(1.0, 4.0, 0)) > low
    assert calibration.confidence("de", features(1.0, 0.0, 2)) > low
    assert calibration.confidence("zh", features(1.0, 0.0, 0)) != low


def test_a_damaged_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    for content in ("", json.dumps({"threshold": 0.5, "weights": {"zh": {}}})):
        path.write_text(content)
        with pytest.raises(ArchiveError, match=r"calibration\.json"):
            Calibration.load(path)


NONE = (0.0,) * 4
GERMAN = "Der Wärter zählte neun Schiffe vor dem Mittag und schrieb sie in sein Buch."
CHINESE = "灯塔看守人在中午之前数了九艘船。"


def test_the_most_specific_weights_apply() -> None:
    few = Calibration({"other": NONE, "zh": NONE, "en>zh": NONE}, 0.5)
    assert few.key("灯塔看守人数了什么？", CHINESE) == "zh"
    assert few.key("What did he count?", CHINESE) == "en>zh"
    assert few.key("그는 무엇을 세었습니까?", CHINESE) == "zh"  # no pair of its own
    assert few.key("Was zählte er?", GERMAN) == "other"
    more = Calibration({**few.weights, "Latin": NONE}, 0.5)
    assert more.key("Was zählte er?", GERMAN) == "Latin"
    assert Calibration({**more.weights, "de": NONE}, 0.5).key("Was?", GERMAN) == "de"
    assert more.key("灯台守は何を数えた？", "灯台守は九隻の船を数えた。") == "other"


def test_a_pair_of_languages_is_a_key() -> None:
    assert language_pair("Wie viele Schiffe zählte der Wärter vor dem Mittag?", GERMAN) == "de"
    assert language_pair("他数了什么？", GERMAN) == "zh>de"
    assert language_pair("他数了什么？", "1999") is None


def test_a_short_question_is_in_the_passages_language_if_the_script_allows_it() -> None:
    questions = ("Wer?", "1999?", "Кто?", "누구?", "他？")
    pairs = [language_pair(question, GERMAN) for question in questions]
    assert pairs == ["de", "de", "ru>de", "ko>de", "zh>de"]
    assert language_pair("Who?", CHINESE) == "en>zh"


def test_a_file_of_passage_languages_alone_still_loads(tmp_path: Path) -> None:
    weights = {"en": dict.fromkeys(FEATURES, 1.0), "zh": dict.fromkeys(FEATURES, 2.0)}
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps({"threshold": 0.3, "weights": weights}))
    calibration = Calibration.load(path)
    assert calibration.weights["other"] == calibration.weights["en"] == (1.0,) * 4
    assert (calibration.thresholds, calibration.settings) == ({}, Settings())
    assert calibration.key("What did he count?", CHINESE) == "zh"


def test_settings_and_thresholds_are_read(tmp_path: Path) -> None:
    weights = {"other": dict.fromkeys(FEATURES, 1.0)}
    path = tmp_path / "calibration.json"
    content = {"threshold": 0.3, "weights": weights, "thresholds": {"other": 0.25}}
    path.write_text(json.dumps({**content, "settings": {"top_k": 8, "mark": "question"}}))
    calibration = Calibration.load(path)
    assert calibration.settings == Settings(top_k=8, mark="question")
    assert calibration.thresholds == {"other": 0.25}
    path.write_text(json.dumps({**content, "settings": {"top_k": 80}}))
    with pytest.raises(ArchiveError, match="80"):
        Calibration.load(path)


def test_features_are_scaled_and_clipped() -> None:
    assert features(5.0, -2.0, 1) == (1.0, 0.5, -0.2, math.log(2))
    assert features(1e6, -1e6, 99) == features(40.0, -10.0, 3) == (1.0, 4.0, -1.0, math.log(4))


@pytest.mark.parametrize("weights", [WEIGHTS, FAST_WEIGHTS])
def test_a_shipped_calibration_has_a_weight_for_each_feature(weights: Path) -> None:
    shipped = Calibration.load(weights.with_name("calibration.json"))
    assert {len(each) for each in shipped.weights.values()} == {len(FEATURES)}
    assert 0 < shipped.threshold < 1
