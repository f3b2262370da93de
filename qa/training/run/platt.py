"""Fit the reader's confidence to samples of answers whose correctness is known.

Logistic regression per language (Platt, 1999), then a shift where the threshold would refuse too
many questions. This module neither asks questions nor writes files.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qa.evaluation.measure import CORRECT_F1
from qa.reader.calibration import FEATURES, OTHER, Calibration

SUPPORT_WEIGHT = 0.3
MIN_ANSWERED = 0.8  # of the questions whose answer the archive holds
THRESHOLD = 0.3  # the confidence below which the archive is said not to hold the answer
L2_PENALTY = 1e-2  # on the squared weights, so that a few questions cannot drive them to extremes
PIN = 1e8  # observations that the pseudo-observations of `fit_weights` count as


@dataclass(frozen=True, slots=True)
class Sample:
    """The reader's best answer to a question: its features and how good it is."""

    language: str
    features: tuple[float, ...]
    exact: float
    f1: float
    answerable: bool  # whether the archive held the answer
    for_fitting: bool  # whether its article is in the half that is fitted on

    @property
    def correct(self) -> bool:
        """Whether the archive held the answer and the F1 is at least CORRECT_F1."""
        return self.answerable and self.f1 >= CORRECT_F1


def fit_weights(samples: Sequence[Sample]) -> tuple[float, ...]:
    """Fit a logistic regression of correctness and return a weight for each of FEATURES.

    The last one, support, is set to SUPPORT_WEIGHT, not fitted: in the development sets each
    answer is in one paragraph, so they cannot teach what support is worth.
    """
    from sklearn.linear_model import LogisticRegression  # takes a second to import

    # scikit-learn cannot hold a weight fixed. Two pseudo-observations of support alone pin it:
    # they outweigh all real ones, in the proportion of labels that SUPPORT_WEIGHT predicts.
    pin = [0.0] * (len(FEATURES) - 1) + [1.0]
    correct = 1 / (1 + math.exp(-SUPPORT_WEIGHT))
    # The tolerance applies to the mean gradient, which PIN divides: hence so small.
    model = LogisticRegression(
        C=1 / L2_PENALTY, fit_intercept=False, solver="newton-cholesky", tol=1e-14
    )
    model.fit(
        [*(s.features for s in samples), pin, pin],
        [*(s.correct for s in samples), True, False],
        sample_weight=[1.0] * len(samples) + [PIN * correct, PIN * (1 - correct)],
    )
    return (*model.coef_[0][:-1].tolist(), SUPPORT_WEIGHT)


def calibrate(samples: Sequence[Sample]) -> Calibration:
    """Fit the weights of each language, shifted where THRESHOLD would refuse too many questions.

    The shift is the least by which MIN_ANSWERED of the answerable questions are answered. It costs
    some calibration, which the report shows: CMRC marks whole clauses, so that a correct short
    answer in Chinese often counts as wrong, and would be refused.
    """
    weights: dict[str, tuple[float, ...]] = {}
    for language in sorted({s.language for s in samples}):
        own = [s for s in samples if s.language == language]
        bias, *rest = fit_weights(own)
        unshifted = Calibration({OTHER: (bias, *rest)}, 0.0)
        confidences = [unshifted.confidence(language, s.features) for s in own if s.answerable]
        needed = float(np.quantile(confidences, 1 - MIN_ANSWERED)) if confidences else THRESHOLD
        shift = max(0.0, _logit(THRESHOLD) - _logit(needed))
        weights[language] = (bias + shift, *rest)
    weights.setdefault(OTHER, fit_weights(samples))
    return Calibration(weights, THRESHOLD)


def _logit(probability: float) -> float:
    return math.log(probability / (1 - probability))


def answer_rates(
    samples: Sequence[Sample], calibration: Calibration, threshold: float, language: str
) -> tuple[float, float]:
    """Return the shares of answerable questions answered and of unanswerable ones refused."""
    rates = []
    for answerable in (True, False):
        chosen = [s for s in samples if s.language == language and s.answerable == answerable]
        answered = [calibration.confidence(language, s.features) >= threshold for s in chosen]
        rates.append(sum(answered) / max(1, len(answered)))
    return rates[0], 1 - rates[1]
