"""Rank passages for each question: those that resemble its own but do not hold the answer."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from index.encoder.protocol import Encoder
from index.text.terms import terms
from qa.training.corpus.contexts import Context, Question, contains_answer
from qa.training.corpus.cutting import Cut

from .pack_file import OWN_CONTEXT_ONLY

DEPTH, KEPT = 30, 6  # passages searched and kept for a question
SATURATION, LENGTH_WEIGHT = 1.2, 0.75  # k1 and b of BM25
COMMON = 0.2  # terms in a larger part of the passages are not searched ...
FEW = 50  # ... unless there are only so few passages
BATCH = 256  # questions scored at once

Place = tuple[int, int]  # a context and the number of one of its passages
# questions, passages -> for each question the positions of the best passages, the best first
Search = Callable[[Sequence[str], Sequence[str]], list[list[int]]]


@dataclass(frozen=True, slots=True)
class Pool:
    """The contexts whose passages may be ranked are those with a cut."""

    contexts: Sequence[Context]
    questions: Sequence[Question]
    cuts: Mapping[int, Cut]

    def context_of(self, number: int) -> Context:
        """Return the context of a question."""
        return self.contexts[self.questions[number].context]

    def places(self, sources: Set[str]) -> list[Place]:
        """Return all passages of these sources."""
        found = (c for c in self.cuts if self.contexts[c].source in sources)
        return [(c, p) for c in found for p in range(len(self.cuts[c].passages))]

    def text(self, place: Place) -> str:
        """Return the text of a passage."""
        context, passage = place
        start, end = self.cuts[context].passages[passage]
        return self.contexts[context].text[start:end]


def rank(pool: Pool, chosen: Iterable[int], search: Search) -> dict[int, list[Place]]:
    """Return, for each chosen question, the best passages of its source without its answer."""
    by_source: dict[str, list[int]] = defaultdict(list)
    for number in chosen:
        by_source[pool.context_of(number).source].append(number)
    ranked: dict[int, list[Place]] = {}
    for source, numbers in by_source.items():
        if source not in OWN_CONTEXT_ONLY:
            places = pool.places({source})
            queries = {n: pool.questions[n].text for n in numbers}
            ranked |= _best(pool, queries, places, search, KEPT)
    return ranked


def rank_across(pool: Pool, switched: Mapping[int, str], search: Search) -> dict[int, list[Place]]:
    """Return the best passage of the other language for English and Chinese questions.

    Args:
        pool: What is ranked.
        switched: Questions in the other language's words, by number.
        search: How passages are ranked.
    """
    ranked: dict[int, list[Place]] = {}
    for language, other in (("en", "zh"), ("zh", "en")):
        queries = {n: t for n, t in switched.items() if pool.context_of(n).language == language}
        sources = {pool.contexts[c].source for c in pool.cuts if pool.contexts[c].language == other}
        places = pool.places(sources.difference(OWN_CONTEXT_ONLY))
        if queries and places:
            ranked |= _best(pool, queries, places, search, 1)
    return ranked


def by_keywords(queries: Sequence[str], passages: Sequence[str]) -> list[list[int]]:
    """Return the positions of the passages that share the most telling terms (BM25)."""
    common = COMMON if len(passages) > FEW else 1.0
    counter = CountVectorizer(analyzer=terms, max_df=common, dtype=np.float32)
    counts = counter.fit_transform(passages)
    asked = counter.transform(queries)
    asked.data[:] = 1
    lengths = np.asarray(counts.sum(1)).ravel()
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log1p((len(passages) - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    norm = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * lengths / max(lengths.mean(), 1))
    norms = np.repeat(norm, np.diff(counts.indptr)).astype(np.float32)
    counts.data *= rarity[counts.indices] * (SATURATION + 1) / (counts.data + norms)
    by_term = counts.T.tocsr()
    rows: list[list[int]] = []
    for start in range(0, len(queries), BATCH):
        scores = (asked[start : start + BATCH] @ by_term).tocsr()
        for first, last in zip(scores.indptr, scores.indptr[1:], strict=False):
            best = np.argsort(-scores.data[first:last], kind="stable")[:DEPTH]
            rows.append(scores.indices[first:last][best].tolist())
    return rows


def by_encoder(encoder: Encoder) -> Search:
    """Return a search for the passages that are nearest by the encoder: some 30 a second."""

    def search(queries: Sequence[str], passages: Sequence[str]) -> list[list[int]]:
        vectors, asked = encoder.passages(passages), encoder.queries(queries)
        rows: list[list[int]] = []
        for start in range(0, len(asked), BATCH):
            scores = asked[start : start + BATCH] @ vectors.T
            rows += np.argsort(-scores, axis=1, kind="stable")[:, :DEPTH].tolist()
        return rows

    return search


def _best(
    pool: Pool, queries: Mapping[int, str], places: Sequence[Place], search: Search, count: int
) -> dict[int, list[Place]]:
    """Return the `count` best of `places` for each query that do not answer its question."""
    rows = search(list(queries.values()), [pool.text(place) for place in places])
    best: dict[int, list[Place]] = {}
    for number, row in zip(queries, rows, strict=True):
        wrong = (places[i] for i in row if not _may_answer(pool, number, places[i]))
        best[number] = [place for place, _ in zip(wrong, range(count), strict=False)]
    return best


def _may_answer(pool: Pool, number: int, place: Place) -> bool:
    """Whether a passage has an answer's words or overlaps one; or is the question's own text.

    A question without an answer is paired with its own text anyway.
    """
    question = pool.questions[number]
    if place[0] == question.context:
        start, end = pool.cuts[place[0]].passages[place[1]]
        if not question.answers or any(a < end and start < b for a, b in question.answers):
            return True
    return contains_answer(pool.text(place), question, pool.context_of(number))
