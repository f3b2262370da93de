"""How good a further passage must be to matter to a standing question.

When a question is asked, the score of the weakest passage that was read is kept, with what scores
were measured by: a passage that comes later can be read only if it scores more. `reached` estimates
generously what each new passage scores for each of many questions, all at once, which is far less
work than a search for each. A search then tells whether one of them is read.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.passage import Passage
from index.store.base.keywords import terms_of_passage
from index.store.base.protocol import Ids, Snapshot, Vectors
from index.text import scripts
from index.text.spellings import other_spellings
from qa.answers.selection import CITATION_POOL, select_for_reader
from qa.retrieval.retriever import (
    ACROSS_WEIGHT,
    KEYWORD_WEIGHT,
    SearchResult,
    cross_script_likelihood,
    query_terms,
)

Numbers = NDArray[np.float64]
K1, B = 1.2, 0.75  # of BM25
# A passage counts as this much shorter, beside the other new ones, than it is: the mean length of
# all passages is not known here, and a shorter passage scores more.
SHORTER = 0.5
SLACK = 0.01  # scores change a little as the archive grows


@dataclass(frozen=True, slots=True)
class Bar:
    """What a further passage must reach to be read for a question."""

    encoder: str
    vector: Vectors  # of the question, (dimension,)
    read: Ids  # the passages that were read
    centring: float  # share of its language's mean that a passage loses
    cut: float  # dense score, in units of the spread, from which on it counts
    weight: float  # of all terms of the question
    coverage: float  # the best keyword score, as a share of that weight
    floor: float  # the score to reach; -inf: any

    @property
    def numbers(self) -> tuple[float, ...]:
        """The bar itself, without what it was computed from."""
        return self.centring, self.cut, self.weight, self.coverage, self.floor


def bar_of(result: SearchResult, vector: Vectors, encoder: str, top_k: int) -> Bar:
    """Return the bar that a search sets, of whose hits the best `top_k` texts are read."""
    # of the hits to a question for the newest, any may be read: they are ordered by day
    read = result.hits if result.newest else select_for_reader(result.hits, top_k)
    room = CITATION_POOL if result.newest else top_k
    floor = min(hit.score for hit in read) if len(read) >= room else -np.inf
    chosen = {id(hit) for hit in read}
    ids = [i for i, hit in zip(result.ids, result.hits, strict=True) if id(hit) in chosen]
    bounds = result.bounds
    return Bar(
        encoder, vector, np.array(ids, np.int64),
        bounds.centring, bounds.cut, bounds.weight, bounds.coverage, floor,
    )  # fmt: skip


def reached(
    snapshot: Snapshot, questions: Sequence[str], bars: Sequence[Bar], lasts: Ids
) -> NDArray[np.bool_]:
    """Return for which questions a passage with an id above their last one could be read.

    Args:
        snapshot: The archive as it is now.
        questions: As they were asked, m of them.
        bars: Theirs.
        lasts: The last passage that each of them has met, (m,).
    """
    found = np.zeros(len(questions), bool)
    if not questions:
        return found
    numbers = np.array([bar.numbers for bar in bars])
    centring, cut, weight, coverage, floor = numbers.T
    credit = np.array([cross_script_likelihood(share) for share in coverage]) * coverage
    asked = _Asked(questions, snapshot)
    vectors = np.stack([bar.vector for bar in bars])
    spread = snapshot.spread()
    shares = centring.astype(np.float32)
    for ids, table in snapshot.scored_after(int(lasts.min()), vectors, shares):
        batch = _Batch(snapshot, ids)
        for column, (number, passage) in enumerate(zip(ids, batch.passages, strict=True)):
            dense = np.maximum(table[:, column] / spread - cut, 0)
            keyword = KEYWORD_WEIGHT * asked.covered(batch.terms[column], batch.length) / weight
            across = asked.in_other_script(passage) * (
                ACROSS_WEIGHT + KEYWORD_WEIGHT * credit * (dense > 0)
            )
            enough = dense + keyword + across >= floor - SLACK
            enough |= keyword > KEYWORD_WEIGHT * coverage  # the best by keywords is always read
            found |= enough & (lasts < number)
    return found


class _Batch:
    """New passages with their terms; `length` is their mean number of terms."""

    def __init__(self, snapshot: Snapshot, ids: Ids) -> None:
        read = snapshot.passages(ids.tolist())
        self.passages = [read[int(number)] for number in ids]
        articles = {passage.article_id for passage in self.passages}
        titles = {key: found.title for key in articles if (found := snapshot.article(key))}
        self.terms = [
            terms_of_passage(p.text, p.kind, p.title, titles[p.article_id]) for p in self.passages
        ]
        counts = [len(one.exact.split(" ")) + len(one.other.split()) for one in self.terms]
        self.length = max(1.0, sum(counts) / max(1, len(counts)))


class _Asked:
    """The terms and scripts of many questions."""

    def __init__(self, questions: Sequence[str], snapshot: Snapshot) -> None:
        self._snapshot, self._count = snapshot, len(questions)
        self._worth: dict[str, float] = {}
        rows: dict[str, list[int]] = {}
        for row, question in enumerate(questions):
            terms = query_terms(question)
            spellings = [other for term in terms for other in other_spellings(term)]
            for term in dict.fromkeys((*terms, *spellings)):
                rows.setdefault(term, []).append(row)
        self._rows = {term: np.array(asking) for term, asking in rows.items()}
        self._phrases = {term.count(" ") + 1 for term in rows if " " in term}
        codes = [scripts.of_text(question) or "" for question in questions]
        self._scripts = np.array(codes)

    def covered(self, terms: tuple[str, str], mean: float) -> Numbers:
        """Return about the BM25 score of a passage for each question, (questions,), or more.

        `mean` is the mean number of terms of a passage.
        """
        exact, other = terms[0].split(" "), terms[1].split()
        length = SHORTER * (len(exact) + len(other)) / mean
        scores = np.zeros(self._count)
        for term, times in Counter((*exact, *other, *self._phrases_in(exact))).items():
            if (rows := self._rows.get(term)) is not None:
                part = times * (K1 + 1) / (times + K1 * (1 - B + B * length))
                scores[rows] += part * self._idf(term)
        return scores

    def in_other_script(self, passage: Passage) -> NDArray[np.bool_]:
        """Return which questions are in another script than a passage, as far as known."""
        script = scripts.of_language(passage.language) if passage.language else None
        if not script:
            return np.zeros(self._count, bool)
        other: NDArray[np.bool_] = (self._scripts != script) & (self._scripts != "")
        return other

    def _phrases_in(self, terms: Sequence[str]) -> Iterator[str]:
        for size in self._phrases:
            for at in range(len(terms) - size + 1):
                phrase = " ".join(terms[at : at + size])
                if phrase in self._rows:
                    yield phrase

    def _idf(self, term: str) -> float:
        """Return what a term is worth, 0 if it is too common to be looked up."""
        if term not in self._worth:
            choice = self._snapshot.choose([term])
            most = float(np.log(self._snapshot.count_passages() + 1))
            # a phrase counts as one that nothing else has
            worth = most if " " in term else choice.weight
            self._worth[term] = worth if term in choice.used else 0.0
        return self._worth[term]
