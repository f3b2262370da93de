"""Thresholds that keep an error rate: figures known by hand, and the promise over many draws."""

import random

import pytest

from qa.evaluation.guarantee import Tried, answers_needed, coverage, keep_rate


def kept(scored: list[tuple[float, bool]], rate: float, certainty: float = 0.95) -> Tried | None:
    passed = [tried for tried in keep_rate(scored, rate, certainty) if tried.bound <= rate]
    return passed[-1] if passed else None


def test_so_many_answers_without_an_error_are_needed() -> None:
    assert [answers_needed(rate) for rate in (0.05, 0.1, 0.2)] == [59, 29, 14]
    assert answers_needed(0.05, 0.8) == 32
    assert kept([(0.99, True)] * 58, 0.05) is None
    assert kept([(0.99, True)] * 59, 0.05) is not None


def test_the_lowest_threshold_that_passes_is_kept() -> None:
    scored = [(0.97, True)] * 100 + [(0.505, False)] * 50
    found = kept(scored, 0.05)
    assert found is not None
    assert (found.threshold, found.answered, found.wrong, found.questions) == (0.51, 100, 0, 150)
    assert found.bound == pytest.approx(1 - 0.05 ** (1 / 100))


def test_the_first_failure_ends_it_though_a_lower_one_would_pass() -> None:
    """A threshold is not looked for among those that failed: that would break the bound."""
    scored = [(0.96, False)] * 5 + [(0.6, True)] * 1000
    tried = keep_rate(scored, 0.05)
    assert [t.threshold for t in tried] == [0.95]


def test_nothing_is_shown_by_few_or_no_answers() -> None:
    assert kept([], 0.2) is None
    assert kept([(0.9, True)] * 13, 0.2) is None


def test_coverage_has_a_clopper_pearson_interval() -> None:
    share, low, high = coverage(Tried(0.62, 100, 71, 2, 0.05))
    assert (share, round(low, 2), round(high, 2)) == (0.71, 0.61, 0.80)


def test_the_promise_is_broken_no_more_often_than_it_says() -> None:
    """Trying many thresholds on the same questions must not break it: 300 draws, 10% allowed."""
    draws, broken = random.Random(5), 0
    for _ in range(300):
        confidences = [draws.random() for _ in range(120)]
        scored = [(c, draws.random() < 0.6 + 0.38 * c) for c in confidences]
        if found := kept(scored, 0.2, 0.9):
            # the true share of wrong answers above t: the mean of 0.4 - 0.38 c from t to 1
            broken += 0.4 - 0.38 * (1 + found.threshold) / 2 > 0.2
    assert broken <= 45  # 30 expected at most; chance alone reaches 45 once in 200 runs
