"""Statistics of several archives together, and BM25 by them: the same as one store's own."""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.store.base.centering import LanguageSums
from index.store.base.records import Posting, Scored, Statistics
from index.store.base.settings import Settings

K1, B, LEAST_IDF = 1.2, 0.75, 1e-6  # of FTS5, by which all stores rank
DIGITS = 9  # that count, or the order in which floats are summed would decide ties


def sum_statistics(all_statistics: Iterable[Statistics], dimension: int) -> Statistics:
    """Return the statistics of archives of vectors of this dimension as if they were one."""
    passages = tokens = 0
    sums = LanguageSums(dimension)
    for one in all_statistics:
        passages, tokens = passages + one.passages, tokens + one.tokens
        sums.add_sums(one.sums)
    return Statistics(passages, tokens, sums)


def sum_settings(all_settings: Sequence[Settings]) -> Settings:
    """Return settings for archives of one encoder: those of the first, with all counts added."""
    return replace(
        all_settings[0],
        generation=sum(settings.generation for settings in all_settings),
        published=max(settings.published for settings in all_settings),
        passages=sum(max(0, settings.passages) for settings in all_settings),
        versions="note",
        identity="-".join(settings.identity for settings in all_settings),
    )


def bm25(postings: Sequence[Posting], statistics: Statistics) -> dict[int, float]:
    """Return the score of each passage that has a posting, among all of these statistics."""
    holding = Counter(posting.term for posting in postings)
    total, mean = statistics.passages, max(1, statistics.tokens) / max(1, statistics.passages)
    idf = {term: _idf(n, total) for term, n in holding.items()}
    scores: dict[int, float] = defaultdict(float)
    for passage, term, frequency, length in postings:
        damped = frequency + K1 * (1 - B + B * length / mean)
        scores[passage] += idf[term] * frequency * (K1 + 1) / damped
    return dict(scores)


def best(scores: Iterable[tuple[int, float]], k: int) -> Scored:
    """Return the `k` best, equal scores by id."""
    return heapq.nsmallest(k, scores, key=lambda pair: (-round(pair[1], DIGITS), pair[0]))


def _idf(holding: int, passages: int) -> float:
    ratio = (passages - holding + 0.5) / (holding + 0.5)
    return max(math.log(ratio), LEAST_IDF) if ratio > 0 else LEAST_IDF
