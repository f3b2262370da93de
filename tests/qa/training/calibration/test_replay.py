"""Answering from kept readings gives what the reader gave."""

from dataclasses import replace

import pytest

from qa.reader.calibration import Calibration, features
from qa.reader.settings import Settings
from qa.training.calibration.choose import UNFITTED
from qa.training.calibration.replay import Replay, answered_samples, best_samples
from tests.support.kept_readings import passage, question, reading

RIGHT, WRONG = passage(0, "nine", 6.0), passage(1, "twelve", 4.0)


def test_each_question_is_put_to_an_archive_with_its_context_and_one_without() -> None:
    here, out = best_samples([reading(question(), RIGHT, WRONG)], UNFITTED)
    assert (here.kind, here.correct, here.exact, here.cited_right) == ("here", True, 1.0, True)
    assert (out.kind, out.correct, out.f1, out.cited_right) == ("out", False, 0.0, False)
    assert here.features == features(6.0, 2.0, 0)
    assert out.features == features(4.0, 4.0, 0)


def test_a_near_miss_is_never_right() -> None:
    asked = question(answer=None)
    for by_rule, kind in ((True, "near"), (False, "people")):
        readings = [reading(replace(asked, by_rule=by_rule), RIGHT, WRONG)]
        (near,) = best_samples(readings, UNFITTED)
        assert (near.kind, near.correct, near.cited_right) == (kind, False, True)


@pytest.mark.parametrize(("penalty", "found"), [(8.0, "nine"), (0.0, "twelve")])
def test_the_settings_apply(penalty: float, found: str) -> None:
    passages = passage(0, "nine", 4.0, 0.9), passage(1, "twelve", 5.0, 0.6)
    calibration = replace(UNFITTED, settings=Settings(retrieval_penalty=penalty))
    replay = Replay(passages, calibration)
    best, _ = replay.candidates("How many?", [p.text for p in passages], [0.9, 0.6])
    assert best.text == found


def test_an_answer_is_given_from_the_threshold_of_its_languages_on() -> None:
    calibration = Calibration({"other": (0.0, 1.0, 0.0, 0.0)}, 0.9)
    asked = [reading(question(), RIGHT, WRONG)]
    here, out = answered_samples(asked, calibration)
    assert here.confidence == pytest.approx(0.6457, abs=1e-4)
    assert (here.answered, out.answered) == (False, False)
    here, out = answered_samples(asked, replace(calibration, thresholds={"other": 0.62}))
    assert (here.answered, out.answered) == (True, False)
