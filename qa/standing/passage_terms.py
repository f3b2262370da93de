"""What many questions at once have in common with one passage: an index of the questions' terms.

Scores are about those of a keyword search for each question, or more.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.store.base.keywords import PassageTerms
from index.store.base.protocol import Snapshot
from index.text.spellings import other_spellings

Scores = NDArray[np.float64]
K1, B = 1.2, 0.75  # of BM25
# A passage counts as this much shorter, beside the other new ones, than it is: the mean length of
# all passages is not known here, and a shorter passage scores more.
SHORTER = 0.5


class QuestionTerms:
    """The terms and phrases of many questions, with what each is worth in an archive."""

    def __init__(self, terms: Sequence[Sequence[str]], snapshot: Snapshot) -> None:
        """Take the terms of each question; of a phrase, they are joined by spaces.

        A term that a question has several times counts as often.
        """
        self._snapshot, self._count = snapshot, len(terms)
        self._worth: dict[str, float] = {}
        rows: dict[str, list[int]] = {}
        for row, own in enumerate(terms):
            spellings = [other for term in own for other in other_spellings(term)]
            for term in (*own, *set(spellings).difference(own)):
                rows.setdefault(term, []).append(row)
        self._rows = {term: np.array(asking) for term, asking in rows.items()}
        self._sizes = {term.count(" ") + 1 for term in rows if " " in term}

    def bm25(self, terms: PassageTerms, mean: float) -> Scores:
        """Return about the BM25 score of a passage for each question, (questions,), or more.

        `mean` is the mean length of a passage.
        """
        length = SHORTER * length_of(terms) / mean
        scores = np.zeros(self._count)
        for term, times in self._shared(terms).items():
            part = times * (K1 + 1) / (times + K1 * (1 - B + B * length))
            np.add.at(scores, self._rows[term], part * self._idf(term))
        return scores

    def idf(self, terms: PassageTerms) -> Scores:
        """Return the IDF of all terms that each question shares with a passage, (questions,)."""
        scores = np.zeros(self._count)
        for term in self._shared(terms):
            np.add.at(scores, self._rows[term], self._idf(term))
        return scores

    def _shared(self, terms: PassageTerms) -> Counter[str]:
        """Return the terms that any question shares with a passage, and how often it has them."""
        exact = terms.exact.split(" ")
        found = Counter((*exact, *terms.other.split(), *self._phrases(exact)))
        return Counter({term: times for term, times in found.items() if term in self._rows})

    def _phrases(self, terms: Sequence[str]) -> Iterator[str]:
        for size in self._sizes:
            for at in range(len(terms) - size + 1):
                yield " ".join(terms[at : at + size])

    def _idf(self, term: str) -> float:
        """Return what a term is worth, 0 if it is too common to be looked up."""
        if term not in self._worth:
            choice = self._snapshot.choose([term])
            # a phrase counts as one that nothing else has
            rarest = float(np.log(self._snapshot.count_passages() + 1))
            worth = rarest if " " in term else choice.weight
            self._worth[term] = worth if term in choice.used else 0.0
        return self._worth[term]


def length_of(terms: PassageTerms) -> int:
    """Return how many terms a passage has, other spellings included."""
    return len(terms.exact.split()) + len(terms.other.split())
