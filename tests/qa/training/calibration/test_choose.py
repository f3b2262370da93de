"""Choosing settings by trying them."""

import pytest

from qa.reader.calibration import Calibration
from qa.reader.settings import Settings
from qa.training.calibration.choose import choose_settings, choose_stopping, quality
from qa.training.calibration.readings import Reading
from tests.support.kept_readings import passage, question, reading, sample


def asked(number: int, right: float, wrong: float, gap: float) -> Reading:
    """The right passage's score, another's, and by how much retrieval prefers the right one."""
    return reading(
        question(number=number), passage(number, "nine", right, gap), passage(99, "twelve", wrong)
    )


def test_the_penalty_that_finds_most_answers_is_chosen() -> None:
    close = [asked(n, 4.0, 4.5, 0.1) for n in range(6)]  # a penalty above 5 is needed
    assert choose_settings(close, Settings(retrieval_penalty=0.0)).retrieval_penalty >= 6.0


def test_a_setting_that_gains_nothing_stays() -> None:
    clear = [asked(n, 9.0, -9.0, 0.1) for n in range(6)]
    assert choose_settings(clear, Settings()) == Settings()


def test_quality_is_the_mean_over_sets_of_f1_and_auroc() -> None:
    here, out = sample("here", (1.0, 0.5), f1=0.6), sample("out", (1.0, 0.1))
    assert quality([here, out]) == pytest.approx(0.8)
    assert quality([here, sample("near", (1.0, 0.7))]) == pytest.approx(0.3)


def test_reading_stops_early_where_no_answer_is_lost() -> None:
    calibration = Calibration({"other": (-3.0, 10.0, 0.0, 0.0)}, 0.5)
    others = [passage(10 + n, f"{n} and {n}", -9.0) for n in range(9)]
    first = [reading(question(), passage(0, "nine", 9.0), *others)] * 4
    settings = choose_stopping(first, calibration)
    assert settings.first_passages == 2
    last = [reading(question(), *others, passage(0, "nine", 9.0))] * 4
    settings = choose_stopping(last, calibration)
    assert settings.first_passages == settings.top_k or settings.stop_confidence >= 0.5
