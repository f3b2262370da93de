"""Offer the error rates that questions show to be possible, and keep one with the index."""

import argparse
import datetime
from collections.abc import Sequence
from pathlib import Path

from index.errors import ArchiveError
from index.store.base.error_rate import ErrorRate, encoder_of, keep_error_rate, percent
from index.store.doors import open_store
from qa.reader.reader import Reader

from .guarantee import RATES, Scored, Tried, answers_needed, coverage, keep_rate
from .measure import Outcome

NO_RATE = 0.0  # "--apply none"


def rate_or_none(text: str) -> float:
    """Return a `share`, or NO_RATE for "none"."""
    return NO_RATE if text == "none" else share(text)


def share(text: str) -> float:
    """Return a share written as "5%" or "0.05".

    Raises:
        argparse.ArgumentTypeError: It is neither, or not between 0 and 1.
    """
    try:
        number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        number = 0.0
    if not 0 < number < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no share: write it like 5% or 0.05")
    return number


def format_offers(outcomes: Sequence[Outcome], certainty: float) -> str:
    """Return a line for each of RATES: the threshold that keeps it, or why none is shown to."""
    lines = [_offer(_scored(outcomes), rate, certainty) for rate in RATES]
    return "\n".join(["", *lines, _assumption(certainty)])


def apply_rate(
    index: Path, outcomes: Sequence[Outcome], rate: float, certainty: float, reader: Reader
) -> str:
    """Keep with the index the threshold that keeps an error rate; return what is to be said of it.

    Raises:
        ArchiveError: The questions do not show that any does.
        StorageError: The index cannot be written.
    """
    scored = _scored(outcomes)
    kept = _kept(keep_rate(scored, rate, certainty), rate)
    if kept is None:
        raise ArchiveError(f"nothing was changed: {_offer(scored, rate, certainty)}")
    store = open_store(index)
    settings = store.settings
    chosen = ErrorRate(
        rate, certainty, kept.threshold, kept.questions, kept.answered, kept.wrong,
        datetime.datetime.now(datetime.UTC).date().isoformat(),
        settings.generation, encoder_of(settings), reader.digest,
    )  # fmt: skip
    keep_error_rate(store, chosen)
    said = f"\nin force in '{index}': {_offer(scored, rate, certainty)}; --apply none undoes it"
    if kept.threshold < reader.highest_threshold:
        said += (
            f"\nwarning: the reader's own threshold is {reader.highest_threshold:.2f}: more "
            "questions are answered than before, and more of the answers are wrong"
        )
    return said


def drop_rate(index: Path) -> None:
    """Put the reader's own thresholds in force again."""
    keep_error_rate(open_store(index), None)


def _scored(outcomes: Sequence[Outcome]) -> Scored:
    return [(outcome.surest, outcome.surest_right) for outcome in outcomes]


def _kept(tried: Sequence[Tried], rate: float) -> Tried | None:
    passed = [t for t in tried if t.bound <= rate]
    return passed[-1] if passed else None


def _offer(scored: Scored, rate: float, certainty: float) -> str:
    tried = keep_rate(scored, rate, certainty)
    start = f"wrong in at most {percent(rate)} of answers: "
    if kept := _kept(tried, rate):
        answered, low, high = coverage(kept)
        return (
            f"{start}threshold {kept.threshold:.2f}, answers {answered:.0%} "
            f"(95% interval {100 * low:.0f}-{100 * high:.0f})"
        )
    first = tried[0]
    return (
        f"{start}not shown by these questions: answers with confidence {first.threshold:.2f} or "
        f"more: {first.answered}, of them wrong: {first.wrong}; it takes "
        f"{answers_needed(rate, certainty)} of which none is wrong"
    )


def _assumption(certainty: float) -> str:
    return (
        f"Each holds with {percent(certainty)} certainty for further questions like these to this "
        "archive (fixed-sequence tests of exact binomial bounds)."
    )
