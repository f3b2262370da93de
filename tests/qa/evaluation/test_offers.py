"""Offers of error rates, and keeping one in an index."""

import argparse
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from index.errors import ArchiveError
from index.store.base.error_rate import read_error_rate
from index.store.doors import open_store
from qa.evaluation.datasets import Case
from qa.evaluation.measure import Outcome
from qa.evaluation.offers import (
    NO_RATE,
    apply_rate,
    drop_rate,
    format_offers,
    rate_or_none,
    share,
)
from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex, article

READER: Any = SimpleNamespace(digest="abc", highest_threshold=0.3)


def outcomes(right: int, wrong: int, confidence: float = 0.97) -> list[Outcome]:
    case = Case("Who?", ("Ann",), "en")
    return [
        Outcome(case, "Ann", True, confidence, 1.0, 1.0, 0.1, confidence, number < right)
        for number in range(right + wrong)
    ]


@pytest.fixture
def index(tmp_path: Path, encoder: FakeEncoder) -> Path:
    written = WrittenIndex(str(tmp_path / "index"), encoder)
    written.publish(article("a", "Rain."))
    return tmp_path / "index"


def test_each_rate_has_a_line_that_says_what_is_shown() -> None:
    shown = format_offers(outcomes(40, 0) + outcomes(0, 10, 0.2), 0.95)
    assert (
        "wrong in at most 5% of answers: not shown by these questions: answers with confidence "
        "0.95 or more: 40, of them wrong: 0; it takes 59 of which none is wrong" in shown
    )
    assert (
        "wrong in at most 10% of answers: threshold 0.21, answers 80% (95% interval 66-90)" in shown
    )
    assert "95% certainty for further questions like these" in shown


def test_a_rate_is_kept_in_the_index_and_dropped(index: Path) -> None:
    said = apply_rate(index, outcomes(80, 1), 0.1, 0.95, READER)
    assert "in force in" in said
    assert "wrong in at most 10% of answers: threshold" in said
    kept = read_error_rate(open_store(index))
    assert kept is not None
    assert (kept.rate, kept.questions, kept.answered, kept.wrong) == (0.1, 81, 81, 1)
    assert (kept.encoder, kept.reader, kept.generation) == ("fake 1", "abc", 1)
    drop_rate(index)
    assert read_error_rate(open_store(index)) is None


def test_a_rate_that_is_not_shown_changes_nothing(index: Path) -> None:
    apply_rate(index, outcomes(80, 1), 0.1, 0.95, READER)
    with pytest.raises(ArchiveError, match="nothing was changed: wrong in at most 5% of answers"):
        apply_rate(index, outcomes(10, 9), 0.05, 0.95, READER)
    kept = read_error_rate(open_store(index))
    assert kept is not None
    assert kept.rate == 0.1


def test_shares_are_percentages_or_fractions() -> None:
    assert (share("5%"), share("0.05"), share("2.5%")) == (0.05, 0.05, 0.025)
    assert rate_or_none("none") == NO_RATE
    for bad in ("5", "0", "100%", "-1%", "x", ""):
        with pytest.raises(argparse.ArgumentTypeError, match="is no share"):
            share(bad)


def test_a_threshold_below_the_readers_own_is_named(index: Path) -> None:
    scored = outcomes(80, 1) + outcomes(0, 10, 0.2)
    assert "warning" in apply_rate(index, scored, 0.1, 0.95, READER)
    strict: Any = SimpleNamespace(digest="abc", highest_threshold=0.1)
    assert "warning" not in apply_rate(index, scored, 0.1, 0.95, strict)
