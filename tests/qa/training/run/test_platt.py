"""The fit of the confidence, against Newton's method and by the rates that it yields."""

import random
from dataclasses import replace

import numpy as np
import pytest

from qa.reader.calibration import Calibration, features
from qa.training.run.platt import (
    L2_PENALTY,
    SUPPORT_WEIGHT,
    THRESHOLD,
    Sample,
    answer_rates,
    calibrate,
    fit_weights,
)


def sample(score: float, correct: bool, answerable: bool = True, support: int = 0) -> Sample:
    return Sample(
        "en", features(score, score, support), float(correct), float(correct), answerable, True
    )


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
    calibration = Calibration({"en": fit_weights(samples)}, 0.5)
    assert calibration.confidence("en", features(8.0, 8.0, 0)) == pytest.approx(0.9, abs=0.03)
    assert calibration.confidence("en", features(-4.0, -4.0, 0)) == pytest.approx(0.2, abs=0.03)


def test_a_language_that_is_refused_too_often_is_shifted() -> None:
    """Where answers are annotated in another style, correct ones look wrong and are refused."""
    samples = [sample(s, s > 8) for s in (9, 7, 5, 3, 2, 1, 0.5, -1, -6, -7)]
    samples += [sample(s, False, False) for s in (-9, -8, -7, -6, -5, -5, -4, -4, -3, -3)]
    unshifted = Calibration({"en": fit_weights(samples)}, THRESHOLD)
    assert answer_rates(samples, unshifted, THRESHOLD, "en")[0] < 0.5
    answered, refused = answer_rates(samples, calibrate(samples), THRESHOLD, "en")
    assert answered == pytest.approx(0.8)
    assert refused == 1.0


def test_a_language_that_is_answered_often_enough_is_not_shifted() -> None:
    samples = [sample(s, s > 0) for s in (9, 7, 5, 3, 2)]
    samples += [sample(s, False, answerable=False) for s in (-9, -7, -5, -3, -2)]
    assert calibrate(samples).weights["en"] == fit_weights(samples)


def test_other_languages_get_the_weights_of_all_samples() -> None:
    samples = [replace(sample(s, s > 0), language="zh") for s in (9, 7, -2, -5)]
    assert set(calibrate(samples).weights) == {"zh", "en"}
