"""Spans that suffice come first, by the threshold of their own if they have one."""

from qa.reader.spans import Span, ranked, suffices

SURE = Span(0, 0, 3, 1.0, 0.6)
STRICT = Span(1, 0, 3, 1.0, 0.7, threshold=0.8)  # surer, but in a language that needs more
WEAK = Span(2, 0, 3, 1.0, 0.2)


def test_a_threshold_of_its_own_counts_instead_of_the_readers() -> None:
    assert [suffices(span, 0.5) for span in (SURE, STRICT, WEAK)] == [True, False, False]
    assert suffices(WEAK, 0.2)


def test_those_that_suffice_come_first_then_the_most_confident() -> None:
    assert ranked([WEAK, STRICT, SURE], 0.5) == [SURE, STRICT, WEAK]
