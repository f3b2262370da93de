"""What a reader returns: spans with a confidence, and which of them suffice to answer."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of one of the passages given to the reader."""

    passage: int  # position in the list of passages
    start: int  # code points into that passage's text
    end: int
    score: float  # best span minus the null answer and the penalty: comparable across passages
    confidence: float  # 0..1, the probability that the answer is right (F1 of 0.5 or more)
    threshold: float | None = None  # the confidence that suffices to answer; None: the reader's


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader found in the passages that it read."""

    spans: list[Span]  # the best distinct answers, the most confident first
    sentences: list[Span]  # those of single sentences that would suffice alone, by score
    passages: int  # how many it read, from the first on


def suffices(span: Span, threshold: float) -> bool:
    """Whether a span is sure enough to answer; `threshold` is the reader's."""
    return span.confidence >= (threshold if span.threshold is None else span.threshold)


def ranked(spans: Iterable[Span], threshold: float) -> list[Span]:
    """Sort spans: those that suffice first, so that none falls behind one that does not."""
    return sorted(spans, key=lambda span: (not suffices(span, threshold), -span.confidence))
