"""Measures of answers: exact match and F1, recall, abstention.

The measures are SQuAD's (Rajpurkar et al., 2016, https://arxiv.org/abs/1606.05250): text is
lower-cased, punctuation and English articles are dropped. For Chinese and Japanese, which are
written without spaces, the units are characters (as in CMRC 2018, Cui et al., 2019).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

ARTICLES = re.compile(r"\b(a|an|the)\b")


def units(text: str, language: str | None) -> list[str]:
    """What F1 counts: words of spaced languages, characters of "zh" and "ja".

    >>> units("The 3rd U.S. President", "en"), units("約15 メートル。", "ja")
    (['3rd', 'us', 'president'], ['約', '1', '5', 'メ', 'ー', 'ト', 'ル'])
    """
    kept = "".join(
        c for c in text.lower() if unicodedata.category(c)[0] not in "PS" or c in "%$€£¥"
    )
    if language in ("zh", "ja"):
        return [c for c in kept if not c.isspace()]
    return ARTICLES.sub(" ", kept).split()


def exact_match(prediction: str, answers: Sequence[str], language: str | None) -> float:
    """1.0 when the prediction is one of the answers, else 0.0."""
    return float(any(units(prediction, language) == units(a, language) for a in answers))


def f1(prediction: str, answers: Sequence[str], language: str | None) -> float:
    """The harmonic mean of precision and recall over units, for the best of the answers: 0 to 1."""
    return max((_f1(units(prediction, language), units(a, language)) for a in answers), default=0.0)


def _f1(predicted: list[str], expected: list[str]) -> float:
    if not predicted or not expected:
        return float(predicted == expected)
    common = sum((Counter(predicted) & Counter(expected)).values())
    return 2 * common / (len(predicted) + len(expected))


def recall_at(ranks: Sequence[int | None], k: int) -> float:
    """The share of questions whose right passage has rank (from 1; None: not found) k or better."""
    return sum(r is not None and r <= k for r in ranks) / len(ranks) if ranks else 0.0


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive's score is above a negative's (ties count half); 0.5 if empty.

    >>> auroc([0.9, 0.8, 0.4], [0.1, 0.4])
    0.9166666666666666
    """
    if not positive or not negative:
        return 0.5
    ordered = sorted([(s, True) for s in positive] + [(s, False) for s in negative])
    wins = below = 0.0
    at = 0
    while at < len(ordered):
        tied = at
        while tied < len(ordered) and ordered[tied][0] == ordered[at][0]:
            tied += 1
        rights = sum(right for _, right in ordered[at:tied])
        wrongs = tied - at - rights
        wins += rights * (below + wrongs / 2)
        below += wrongs
        at = tied
    return wins / (len(positive) * len(negative))


def precision_at_coverage(scored: Sequence[tuple[float, bool]], coverage: float) -> float:
    """How many answers are right among the most confident share of them: (confidence, right)."""
    ranked = sorted(scored, key=lambda s: -s[0])[: max(1, round(coverage * len(scored)))]
    return sum(right for _, right in ranked) / len(ranked) if ranked else 0.0


def calibration_error(scored: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error over equal-width bins of confidence (Guo et al., 2017)."""
    return sum(
        abs(mean - right) * count for _, mean, right, count in reliability(scored, bins)
    ) / max(1, len(scored))


def reliability(
    scored: Sequence[tuple[float, bool]], bins: int = 10
) -> list[tuple[float, float, float, int]]:
    """The reliability diagram: (bin's lower edge, mean confidence, share right, answers) each."""
    rows = []
    for number in range(bins):
        inside = [s for s in scored if min(int(s[0] * bins), bins - 1) == number]
        if inside:
            mean = sum(c for c, _ in inside) / len(inside)
            right = sum(r for _, r in inside) / len(inside)
            rows.append((number / bins, mean, right, len(inside)))
    return rows
