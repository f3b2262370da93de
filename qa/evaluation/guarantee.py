"""Which threshold keeps an error rate: one that is safe beyond the questions it was chosen on.

For one threshold fixed beforehand, the wrong ones among its answers follow a binomial distribution,
and the exact (Clopper-Pearson) bound says how many the archive may give at worst. Trying many
thresholds on the same questions and keeping the best would break that bound. So they are tested in
an order that is fixed beforehand, from the confidence 1 - rate downwards, and the first that fails
ends it: fixed-sequence testing, as in "Learn then Test" (Angelopoulos, Bates, Candès, Jordan and
Lei, 2021, https://arxiv.org/abs/2110.01052). All tests together then err with probability 1 -
certainty at most. The reader's confidence is calibrated, so 1 - rate is where it should do better
than asked.

The assumption: the questions to come are like those measured, each independent of the others, and
asked of the same archive by the same models. A wrong answer is one with a token F1 below 0.5.
"""

from collections.abc import Sequence
from dataclasses import dataclass

STEP = 0.01
CERTAINTY = 0.95
RATES = (0.05, 0.1, 0.2, 0.3)  # offered

Scored = Sequence[tuple[float, bool]]  # (confidence, right) of the best answer to each question


@dataclass(frozen=True, slots=True)
class Tried:
    """A threshold, and what the questions show of it."""

    threshold: float
    questions: int
    answered: int
    wrong: int
    bound: float  # the share of wrong answers is at most this, with the asked certainty


def keep_rate(scored: Scored, rate: float, certainty: float = CERTAINTY) -> list[Tried]:
    """Test thresholds in order; the last whose `bound` is at most `rate` keeps that error rate.

    The list ends with the first that fails, if any does; it is never empty.
    """
    tried: list[Tried] = []
    for number in range(round((1 - rate) / STEP), 0, -1):
        tried.append(_try(scored, round(number * STEP, 2), certainty))
        if tried[-1].bound > rate:
            break
    return tried


def answers_needed(rate: float, certainty: float = CERTAINTY) -> int:
    """Return how many answers without a single error it takes to show an error rate.

    >>> answers_needed(0.05), answers_needed(0.1)
    (59, 29)
    """
    needed = 1
    while (1 - rate) ** needed > 1 - certainty:
        needed += 1
    return needed


def _try(scored: Scored, threshold: float, certainty: float) -> Tried:
    from scipy.stats import binomtest  # takes a second to import

    answers = [right for confidence, right in scored if confidence >= threshold]
    wrong = answers.count(False)
    bound = 1.0
    if answers:
        test = binomtest(wrong, len(answers), alternative="less")
        bound = float(test.proportion_ci(certainty, method="exact").high)
    return Tried(threshold, len(scored), len(answers), wrong, bound)


def coverage(tried: Tried) -> tuple[float, float, float]:
    """Return the share of the questions that is answered, and its 95% Clopper-Pearson interval."""
    from scipy.stats import binomtest

    interval = binomtest(tried.answered, tried.questions).proportion_ci(0.95, method="exact")
    return tried.answered / tried.questions, float(interval.low), float(interval.high)
