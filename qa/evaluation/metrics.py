"""Metrics of answers: exact match and F1, recall, abstention and calibration.

Exact match and F1 are SQuAD's (Rajpurkar et al., 2016, https://arxiv.org/abs/1606.05250): text is
lower-cased, punctuation and English articles are dropped. Chinese and Japanese, which are written
without spaces, are compared by character (as in CMRC 2018, Cui et al., 2019).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

ENGLISH_ARTICLES = re.compile(r"\b(a|an|the)\b")


def tokenize(text: str, language: str | None) -> list[str]:
    """Normalise a text and split it: characters for "zh" and "ja", words for all others.

    >>> tokenize("The 3rd U.S. President", "en"), tokenize("約15 メートル。", "ja")
    (['3rd', 'us', 'president'], ['約', '1', '5', 'メ', 'ー', 'ト', 'ル'])
    """
    normalized = "".join(
        c for c in text.lower() if unicodedata.category(c)[0] not in "PS" or c in "%$€£¥"
    )
    if language in ("zh", "ja"):
        return [c for c in normalized if not c.isspace()]
    return ENGLISH_ARTICLES.sub(" ", normalized).split()


def exact_match(prediction: str, answers: Sequence[str], language: str | None) -> float:
    """Return 1.0 if the prediction equals one of the answers after normalisation, else 0.0."""
    return float(any(tokenize(prediction, language) == tokenize(a, language) for a in answers))


def f1(prediction: str, answers: Sequence[str], language: str | None) -> float:
    """Return the token F1 against the closest of the answers, 0 to 1."""
    predicted = tokenize(prediction, language)
    return max((_f1(predicted, tokenize(answer, language)) for answer in answers), default=0.0)


def _f1(predicted: list[str], expected: list[str]) -> float:
    if not predicted or not expected:
        return float(predicted == expected)
    common = sum((Counter(predicted) & Counter(expected)).values())
    return 2 * common / (len(predicted) + len(expected))


def recall_at(ranks: Sequence[int | None], k: int) -> float:
    """Return the share of ranks (from 1; None: not retrieved) that are `k` or better."""
    return sum(r is not None and r <= k for r in ranks) / len(ranks) if ranks else 0.0


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the chance that a positive's score exceeds a negative's; ties count half.

    0.5 if either is empty.

    >>> round(auroc([0.9, 0.8, 0.4], [0.1, 0.4]), 4)
    0.9167
    """
    from sklearn.metrics import roc_auc_score  # takes a second to import

    if not positive or not negative:
        return 0.5
    labels = [True] * len(positive) + [False] * len(negative)
    return float(roc_auc_score(labels, [*positive, *negative]))


def precision_at_coverage(scored: Sequence[tuple[float, bool]], coverage: float) -> float:
    """Return the accuracy of the most confident share `coverage` of (confidence, correct) pairs."""
    ranked = sorted(scored, key=lambda s: -s[0])[: max(1, round(coverage * len(scored)))]
    return sum(correct for _, correct in ranked) / len(ranked) if ranked else 0.0


def calibration_error(scored: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Return the expected calibration error over equal-width bins (Guo et al., 2017)."""
    return sum(
        abs(confidence - accuracy) * count
        for _, confidence, accuracy, count in reliability(scored, bins)
    ) / max(1, len(scored))


def reliability(
    scored: Sequence[tuple[float, bool]], bins: int = 10
) -> list[tuple[float, float, float, int]]:
    """Return the reliability diagram of (confidence, correct) pairs.

    One row for each bin that is not empty: (lower edge, mean confidence, accuracy, count).
    scikit-learn's `calibration_curve` gives the two means but no counts, which the diagram shows
    and the calibration error is weighted by; and it has no expected calibration error.
    """
    rows = []
    for number in range(bins):
        members = [s for s in scored if min(int(s[0] * bins), bins - 1) == number]
        if members:
            confidence = sum(c for c, _ in members) / len(members)
            accuracy = sum(correct for _, correct in members) / len(members)
            rows.append((number / bins, confidence, accuracy, len(members)))
    return rows
