"""The fit of the confidence, against Newton's method, and the thresholds by the rates they give."""

import random
from dataclasses import replace

import numpy as np
import pytest

from qa.reader.calibration import OTHER, Calibration, features
from qa.reader.settings import Settings
from qa.training.calibration.platt import (
    L2_PENALTY,
    MIN_SAMPLES,
    SUPPORT_WEIGHT,
    calibrate,
    fit_weights,
    threshold,
)
from qa.training.calibration.replay import Kind, Sample
from tests.support import kept_readings

CHINESE = "港务长在中午之前数了九艘船。"
RUSSIAN = (
    "Вчера капитан порта рассказал журналистам, что до полудня он насчитал девять кораблей, "
    "которые стояли у причала."
)


def sample(score: float, correct: bool, kind: Kind = "here", support: int = 0) -> Sample:
    return kept_readings.sample(kind, features(score, score, support), f1=float(correct))


def many(count: int = MIN_SAMPLES) -> list[Sample]:
    """Right answers with high scores, and answers to questions whose answer is not there."""
    chance = random.Random(0)
    samples = [sample(chance.gauss(6, 3), True) for _ in range(count // 2)]
    return samples + [sample(chance.gauss(-6, 3), False, "out") for _ in range(count // 2)]


def newton(samples: list[Sample]) -> list[float]:
    """The same regression by Newton's method, with support as a fixed offset."""
    values = np.array([s.features for s in samples])
    x, offset = values[:, :-1], values[:, -1] * SUPPORT_WEIGHT
    y = np.array([s.correct for s in samples], float)
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights - offset))
        gradient = x.T @ (p - y) + L2_PENALTY * weights
        curvature = (x * (p * (1 - p))[:, None]).T @ x + L2_PENALTY * np.eye(x.shape[1])
        weights -= np.linalg.solve(curvature, gradient)
    return [*weights.tolist(), SUPPORT_WEIGHT]


@pytest.mark.parametrize("count", [6, 500])
def test_the_fit_equals_newtons_method_with_a_fixed_support_weight(count: int) -> None:
    chance = random.Random(count)
    samples = []
    for _ in range(count):
        score, support = chance.gauss(3, 6), chance.choice([0, 0, 1, 2, 3])
        correct = chance.random() < 1 / (1 + np.exp(-score / 4 - 0.3 * np.log1p(support)))
        samples.append(sample(score, correct, support=support))
    assert fit_weights(samples) == pytest.approx(newton(samples), abs=1e-4)


def test_separable_samples_are_held_back_by_the_penalty() -> None:
    samples = [sample(s, s > 0) for s in (9, 7, 5, 3, 2, -2, -4, -6)]
    assert fit_weights(samples) == pytest.approx(newton(samples), abs=1e-4)


def test_samples_that_are_all_correct_can_be_fitted() -> None:
    samples = [sample(s, True) for s in (9, 7, 5)]
    assert fit_weights(samples) == pytest.approx(newton(samples), abs=1e-4)


def test_confidences_match_the_observed_accuracy() -> None:
    samples = [sample(8.0, n < 9) for n in range(10)] + [sample(-4.0, n < 2) for n in range(10)]
    calibration = Calibration({OTHER: fit_weights(samples)}, 0.5)
    assert calibration.confidence("en", features(8.0, 8.0, 0)) == pytest.approx(0.9, abs=0.03)
    assert calibration.confidence("en", features(-4.0, -4.0, 0)) == pytest.approx(0.2, abs=0.03)


def test_pairs_languages_and_scripts_with_enough_samples_get_weights() -> None:
    samples = many()
    crossed = [replace(s, passage=CHINESE) for s in samples]
    rare = [replace(s, passage=RUSSIAN) for s in samples[: MIN_SAMPLES // 2]]
    weights = calibrate([*samples, *crossed, *rare], Settings()).weights
    assert set(weights) == {"en", "en>zh", "Latin", OTHER}
    assert weights["Latin"] == weights["en"] == fit_weights(samples)


def test_rare_languages_share_the_weights_of_their_script() -> None:
    question = replace(
        many()[0].question, text="Сколько кораблей насчитал капитан порта до полудня?"
    )
    samples = [replace(s, passage=RUSSIAN, question=question) for s in many()]
    calibration = calibrate(samples, Settings())
    ukrainian = "Начальник порту нарахував до полудня дев'ять кораблів, що стояли біля причалу."
    assert {"ru", "Cyrillic"} <= set(calibration.weights)
    assert calibration.key("Скільки кораблів нарахував начальник порту?", ukrainian) == "Cyrillic"


def test_the_threshold_reaches_both_rates_where_it_can() -> None:
    samples = many(400)
    calibration = Calibration({OTHER: fit_weights(samples)}, 0.5)
    chosen = threshold(samples, calibration)
    confidence = {id(s): calibration.confidence(OTHER, s.features) for s in samples}
    here = [confidence[id(s)] >= chosen for s in samples if s.kind == "here"]
    out = [confidence[id(s)] < chosen for s in samples if s.kind == "out"]
    assert sum(here) >= 0.88 * len(here)
    assert sum(out) >= 0.85 * len(out)


def test_where_the_rates_exclude_each_other_the_threshold_misses_both_alike() -> None:
    samples = [sample(s, True) for s in range(10)] + [sample(s, False, "out") for s in range(10)]
    chosen = threshold(samples, Calibration({OTHER: (-2.0, 4.0, 0.0, 0.3)}, 0.5))
    answered = sum(1 / (1 + np.exp(2 - 0.4 * s)) >= chosen for s in range(10))
    assert answered == 5
