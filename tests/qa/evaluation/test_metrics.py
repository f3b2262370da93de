"""Metrics against values worked out by hand, and against scikit-learn."""

import random
import subprocess
import sys

import pytest

from qa.evaluation.metrics import (
    auroc,
    calibration_error,
    exact_match,
    f1,
    precision_at_coverage,
    recall_at,
    reliability,
    tokenize,
)


@pytest.mark.parametrize(
    ("prediction", "answers", "language", "exact", "overlap"),
    [
        ("The White House.", ["white house"], "en", 1, 1),
        ("White House lawn", ["the White House"], "en", 0, 0.8),
        ("Berlin", ["Paris", "Berlin"], "en", 1, 1),
        ("Berlin", ["Paris"], "en", 0, 0),
        ("1945年10月", ["1945年"], "zh", 0, 2 * 5 / 13),
        ("“联合国”", ["联合国"], "zh", 1, 1),
        ("約15メートル", ["15 メートル"], "ja", 0, 12 / 13),
        ("", ["Berlin"], "en", 0, 0),
        ("the", ["a"], "en", 1, 1),  # both are empty after normalisation
        ("Berlin", [], "en", 0, 0),
    ],
)
def test_exact_match_and_f1(
    prediction: str, answers: list[str], language: str, exact: float, overlap: float
) -> None:
    assert exact_match(prediction, answers, language) == exact
    assert f1(prediction, answers, language) == pytest.approx(overlap)


def test_repeated_tokens_count_each_time() -> None:
    assert tokenize("New York, New York", "en") == ["new", "york", "new", "york"]
    assert f1("York York", ["York"], "en") == pytest.approx(2 / 3)


def test_recall_at_k() -> None:
    assert recall_at([1, 3, None, 6], 5) == 0.5
    assert recall_at([], 5) == 0.0


def test_auroc_is_the_chance_of_the_right_order() -> None:
    assert auroc([0.9, 0.8], [0.1, 0.2]) == 1.0
    assert auroc([0.5], [0.5]) == 0.5
    assert auroc([0.9, 0.1], [0.5, 0.5]) == 0.5
    assert auroc([], [0.3]) == 0.5
    assert auroc([0.3], []) == 0.5


def test_auroc_with_many_ties_equals_the_count_over_all_pairs() -> None:
    chance = random.Random(3)
    positive = [chance.randrange(6) / 10 for _ in range(80)]
    negative = [chance.randrange(5) / 10 for _ in range(60)]
    wins = sum((p > n) + (p == n) / 2 for p in positive for n in negative)
    assert auroc(positive, negative) == pytest.approx(wins / (80 * 60), abs=1e-12)


def test_precision_of_the_most_confident_answers() -> None:
    scored = [(0.9, True), (0.8, True), (0.3, False), (0.1, False)]
    assert precision_at_coverage(scored, 0.5) == 1.0
    assert precision_at_coverage(scored, 1.0) == 0.5
    assert precision_at_coverage([], 0.5) == 0.0


def test_calibration_error_is_the_gap_between_confidence_and_accuracy() -> None:
    calibrated = [(0.75, True)] * 3 + [(0.75, False)]
    assert calibration_error(calibrated) == pytest.approx(0.0)
    assert calibration_error([(1.0, False)] * 4) == pytest.approx(1.0)
    assert reliability([(0.95, True), (1.0, False)]) == [(0.9, 0.975, 0.5, 2)]


def test_the_reliability_diagram_agrees_with_scikit_learn() -> None:
    from sklearn.calibration import calibration_curve

    chance = random.Random(5)
    scored = [(c := chance.random(), chance.random() < c) for _ in range(500)]
    accuracy, confidence = calibration_curve(
        [correct for _, correct in scored], [c for c, _ in scored], n_bins=10
    )
    rows = reliability(scored)
    assert [row[1] for row in rows] == pytest.approx(confidence.tolist())
    assert [row[2] for row in rows] == pytest.approx(accuracy.tolist())
    assert sum(row[3] for row in rows) == 500


def test_importing_the_metrics_or_qa_does_not_load_scikit_learn() -> None:
    code = "import qa, qa.evaluation.metrics, sys; print('sklearn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
