"""Let one question find passages in every language.

A multilingual encoder puts texts of one language near each other whatever they say, so that a
question finds passages in its own language first and others hardly ever. The remedy is to take away
what all passages of a language share, their mean vector (Libovický, Rosa, Fraser: "On the Language
Neutrality of Pre-trained Multilingual Representations", 2020): a passage p scores

    question . (p - mean of p's language)

What is taken away is the same for all passages of a language: in an archive of one language nothing
changes. With all of it other languages crowd out a question's own where that holds the answer, so
the retriever may ask for a share. To get it from one exact search, each vector is widened by a
column for every language, 1 in its own and 0 in the others, and the question by minus what is to be
taken away. Where vectors are compressed (`compressed.py`), the means are taken from them first, and
what is found is scored again.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
LEAST_SPREAD = 0.2  # that of the bundled encoder over articles on many subjects
PRIOR = 1.0  # passages of the whole archive's mean in each language's: one text is no language


@dataclass(frozen=True, slots=True)
class LanguageMeans:
    """The languages of an archive in the order of their columns; means is (n, dimension)."""

    codes: tuple[str, ...]
    means: Vectors

    @property
    def spread(self) -> float:
        """How far apart passages are: 1 less the mean cosine of two of the same language.

        At least LEAST_SPREAD: in an archive of few articles passages are alike by chance.
        """
        if not self.codes:
            return 1.0
        return max(LEAST_SPREAD, float(1 - np.square(self.means).sum(axis=1).mean()))

    def widen(self, vectors: Vectors, languages: Sequence[str]) -> Vectors:
        """Passages' vectors with their language's column: (n, dimension + languages)."""
        columns = np.array([[code == own for code in self.codes] for own in languages], np.float32)
        return np.hstack([vectors, columns])

    def question(self, vector: Vectors, share: float = 1.0) -> Vectors:
        """A question's vector, (dimension,), with what is taken away: (dimension + languages,)."""
        return np.concatenate([vector, -share * (self.means @ vector)]).astype(np.float32)

    def centred(self, vectors: Vectors, languages: Sequence[str]) -> Vectors:
        """Passages' vectors less their language's mean, (n, dimension)."""
        return vectors - self.means[self._columns(languages)] if len(vectors) else vectors

    def scores(
        self, question: Vectors, vectors: Vectors, languages: Sequence[str], share: float = 1.0
    ) -> Vectors:
        """What passages score for a question, (dimension,): (n,)."""
        if not len(vectors):
            return np.zeros(0, np.float32)
        taken = share * (self.means @ question)
        found: Vectors = vectors @ question - taken[self._columns(languages)]
        return found

    def _columns(self, languages: Sequence[str]) -> NDArray[np.int64]:
        place = {code: self.codes.index(code) for code in set(languages)}
        return np.array([place[code] for code in languages], np.int64)


class LanguageSums:
    """Sums of the vectors of each language: a build adds and takes away only what changed."""

    def __init__(self, dimension: int) -> None:
        self._dimension = dimension
        self.sums: dict[str, NDArray[np.float64]] = defaultdict(lambda: np.zeros(dimension))
        self.counts: Counter[str] = Counter()

    def add(self, vectors: Vectors, languages: Sequence[str], times: int = 1) -> None:
        """Count vectors, (n, dimension), and their n codes in; with -1 for `times` out again."""
        present = np.array(languages)
        for code in set(languages):
            own = vectors[present == code]
            self.sums[code] += times * own.sum(axis=0, dtype=np.float64)
            self.counts[code] += times * len(own)

    def languages(self) -> LanguageMeans:
        """Those that have passages, with their means."""
        codes = tuple(sorted(code for code, count in self.counts.items() if count > 0))
        everything = sum((self.sums[code] for code in codes), np.zeros(self._dimension))
        mean = everything / max(1, sum(self.counts[code] for code in codes))
        means = [(self.sums[code] + PRIOR * mean) / (self.counts[code] + PRIOR) for code in codes]
        return LanguageMeans(codes, np.array(means, np.float32).reshape(-1, self._dimension))
