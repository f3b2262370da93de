"""Fit the reader's confidence to samples of answers whose correctness is known.

One logistic regression for each key of the calibration (Platt, 1999), and the confidence from
which on to answer. This module neither asks questions nor writes files.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from index.text import scripts
from qa.reader.calibration import FEATURES, OTHER, PAIR, Calibration, language_pair
from qa.reader.settings import Settings

from .replay import Sample

SUPPORT_WEIGHT = 0.3
MIN_SAMPLES = 100  # of a key; rarer languages share the weights of their script
MIN_ANSWERED, MIN_REFUSED = 0.88, 0.85  # of what is there, and of what was taken out
L2_PENALTY = 1e-2  # on the squared weights, so that a few questions cannot drive them to extremes
PIN = 1e8  # observations that the pseudo-observations of `fit_weights` count as


def fit_weights(samples: Sequence[Sample]) -> tuple[float, ...]:
    """Fit a logistic regression of correctness and return a weight for each of FEATURES.

    The last one, support, is set to SUPPORT_WEIGHT, not fitted: in the question sets each answer
    is in one paragraph, so they cannot teach what support is worth.
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


def calibrate(samples: Sequence[Sample], settings: Settings) -> Calibration:
    """Fit weights for each pair of languages, language and script that has enough samples."""
    same = [s for s in samples if PAIR not in (pair_of(s) or PAIR)]
    by_pair = _groups(samples, (pair_of(s) for s in samples))
    by_script = _groups(same, (scripts.of_text(s.passage) for s in same))
    weights = {key: fit_weights(group) for key, group in (by_script | by_pair).items()}
    weights[OTHER] = fit_weights(same or samples)
    fitted = Calibration(weights, 0.0, {}, settings)
    keys = [fitted.key(s.question.text, s.passage) for s in samples]
    thresholds = {key: threshold(own, fitted) for key, own in _groups(samples, keys).items()}
    default = threshold(samples, fitted)
    return Calibration(weights, default, thresholds, settings)


def pair_of(sample: Sample) -> str | None:
    """Return the languages of the question and of the passage that the answer is from."""
    return language_pair(sample.question.text, sample.passage)


def _groups(samples: Sequence[Sample], keys: Iterable[str | None]) -> dict[str, list[Sample]]:
    """Return the samples by key, without the keys that have too few."""
    groups: dict[str, list[Sample]] = {}
    for sample, key in zip(samples, keys, strict=True):
        if key:
            groups.setdefault(key, []).append(sample)
    return {key: group for key, group in groups.items() if len(group) >= MIN_SAMPLES}


def threshold(samples: Sequence[Sample], calibration: Calibration) -> float:
    """Return the confidence from which on to answer: the best balance of the two rates.

    The rates are the share that is answered of the questions whose answer is there, and the share
    refused of those whose answer was taken out. Among thresholds that reach MIN_ANSWERED and
    MIN_REFUSED it is the middle one; if there is none, the one that misses them by least.
    """
    here, out = (
        sorted(
            calibration.confidence(calibration.key(s.question.text, s.passage), s.features)
            for s in samples
            if s.kind == kind
        )
        for kind in ("here", "out")
    )
    tried = [n / 100 for n in range(5, 91)]
    margins = [
        min(_share_from(here, t) - MIN_ANSWERED, 1 - _share_from(out, t) - MIN_REFUSED)
        for t in tried
    ]
    sufficient = [t for t, margin in zip(tried, margins, strict=True) if margin >= 0]
    if sufficient:
        return sufficient[len(sufficient) // 2]
    return tried[max(range(len(tried)), key=lambda n: margins[n])]


def _share_from(ordered: Sequence[float], least: float) -> float:
    """Return the share of some ascending values that are `least` or more."""
    return (len(ordered) - bisect_left(ordered, least)) / max(1, len(ordered))
