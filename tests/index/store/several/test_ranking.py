"""BM25 over summed statistics."""

import math

import pytest

from index.store.base.centering import LanguageSums
from index.store.base.records import Posting, Statistics
from index.store.several.ranking import best, bm25, sum_settings, sum_statistics
from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex


def test_a_rare_term_in_a_short_passage_scores_higher() -> None:
    statistics = Statistics(10, 100, LanguageSums(2))
    scores = bm25(
        [Posting(1, "fog", 1, 10), Posting(2, "fog", 1, 30), Posting(1, "ulm", 2, 10)], statistics
    )
    fog, ulm = math.log(8.5 / 2.5), math.log(9.5 / 1.5)
    assert scores[1] == pytest.approx(fog + ulm * 2 * 2.2 / 3.2)
    assert scores[2] == pytest.approx(fog * 2.2 / (1 + 1.2 * 2.5))


def test_a_term_in_most_passages_hardly_counts() -> None:
    scores = bm25([Posting(i, "the", 1, 10) for i in range(9)], Statistics(9, 90, LanguageSums(2)))
    assert set(scores.values()) == {1e-6}


def test_scores_that_differ_by_rounding_are_ordered_by_id() -> None:
    assert best({5: 1.0, 3: 1.0 + 1e-12, 4: 2.0}.items(), 2) == [(4, 2.0), (3, 1.0 + 1e-12)]


def test_statistics_and_settings_are_added_up(encoder: FakeEncoder) -> None:
    one, other = LanguageSums(64), LanguageSums(64)
    one.add(encoder.queries(["fog", "rain"]), ["en", "en"])
    other.add(encoder.queries(["fog", "雾"]), ["en", "zh"])
    total = sum_statistics([Statistics(2, 5, one), Statistics(2, 7, other)], 64)
    assert (total.passages, total.tokens) == (4, 12)
    assert dict(total.sums.counts) == {"en": 3, "zh": 1}
    assert one.counts == {"en": 2}  # stays as it was
    made = WrittenIndex("", encoder).settings
    assert sum_settings([made, made]).encoder == "fake"
