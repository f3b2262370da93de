"""Language centering: let one question find passages in every language.

A multilingual encoder places texts of one language near each other whatever they say, so a question
finds passages in its own language first and others hardly ever. The remedy is to subtract what all
passages of a language share, their mean vector (Libovický, Rosa, Fraser: "On the Language
Neutrality of Pre-trained Multilingual Representations", 2020). A passage p scores

    question . (p - mean of p's language)

The subtracted value is the same for all passages of a language, so an archive in one language ranks
as before. Subtracted in full, other languages can crowd out the question's own where that holds the
answer, so the retriever may ask for a share. To get it from one exact search, each vector is
extended by one column per language, 1 for its own and 0 elsewhere, and the question by minus what
is to be subtracted. Product-quantised vectors are centered before they are encoded, and the
candidates are scored again with their exact vectors.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
MIN_SPREAD = 0.4  # the bundled encoder has 0.42 to 0.43 over articles on many subjects
PRIOR = 1.0  # passages of the archive's mean added to each language's: one text is no language


@dataclass(frozen=True, slots=True)
class LanguageMeans:
    """The languages of an archive, in column order; `means` has shape (languages, dimension)."""

    codes: tuple[str, ...]
    means: Vectors

    @property
    def spread(self) -> float:
        """The cosine spread: 1 minus the mean cosine of two passages in the same language.

        At least MIN_SPREAD, as the passages of a few articles are alike by chance.
        """
        if not self.codes:
            return 1.0
        return max(MIN_SPREAD, float(1 - np.square(self.means).sum(axis=1).mean()))

    def of_languages(self, codes: Sequence[str]) -> "LanguageMeans":
        """Return the means of these languages, in this order."""
        return LanguageMeans(tuple(codes), self.means[self._columns(codes)])

    def widen(self, vectors: Vectors, languages: Sequence[str]) -> Vectors:
        """Append the language columns to passage vectors: (n, dimension + languages)."""
        columns = np.array([[code == own for code in self.codes] for own in languages], np.float32)
        return np.hstack([vectors, columns])

    def widen_question(self, vector: Vectors, share: float = 1.0) -> Vectors:
        """Append what each language is to lose to a question: (dimension + languages,)."""
        return np.concatenate([vector, -share * (self.means @ vector)]).astype(np.float32)

    def centred(self, vectors: Vectors, languages: Sequence[str]) -> Vectors:
        """Subtract each language's mean from its passages' vectors: (n, dimension)."""
        return vectors - self.means[self._columns(languages)] if len(vectors) else vectors

    def scores(
        self, question: Vectors, vectors: Vectors, languages: Sequence[str], share: float = 1.0
    ) -> Vectors:
        """Score passages, (n, dimension), for a question, (dimension,): (n,)."""
        if not len(vectors):
            return np.zeros(0, np.float32)
        offsets = share * (self.means @ question)
        scores: Vectors = vectors @ question - offsets[self._columns(languages)]
        return scores

    def score_table(
        self, questions: Vectors, vectors: Vectors, languages: Sequence[str], shares: Vectors
    ) -> Vectors:
        """Score n passages for m questions, (m, dimension), with a share each, (m,): (m, n)."""
        offsets = shares[:, None] * (questions @ self.means.T)
        table: Vectors = questions @ vectors.T - offsets[:, self._columns(languages)]
        return table

    def _columns(self, languages: Sequence[str]) -> NDArray[np.int64]:
        place = {code: self.codes.index(code) for code in set(languages)}
        return np.array([place[code] for code in languages], np.int64)


class LanguageSums:
    """Sum of the vectors of each language; a build adds and subtracts only what changed."""

    def __init__(self, dimension: int) -> None:
        self._dimension = dimension
        self.sums: dict[str, NDArray[np.float64]] = defaultdict(lambda: np.zeros(dimension))
        self.counts: Counter[str] = Counter()

    def add(self, vectors: Vectors, languages: Sequence[str], times: int = 1) -> None:
        """Add vectors, (n, dimension), with their n language codes; `times` = -1 subtracts."""
        present = np.array(languages)
        for code in set(languages):
            own = vectors[present == code]
            self.sums[code] += times * own.sum(axis=0, dtype=np.float64)
            self.counts[code] += times * len(own)

    def add_sums(self, other: "LanguageSums") -> None:
        """Add the vectors of another archive."""
        for code, count in other.counts.items():
            self.sums[code] = self.sums[code] + other.sums[code]
            self.counts[code] += count

    def means(self) -> LanguageMeans:
        """Return the languages that have passages, with their means."""
        codes = tuple(sorted(code for code, count in self.counts.items() if count > 0))
        everything = sum((self.sums[code] for code in codes), np.zeros(self._dimension))
        mean = everything / max(1, sum(self.counts[code] for code in codes))
        means = [(self.sums[code] + PRIOR * mean) / (self.counts[code] + PRIOR) for code in codes]
        return LanguageMeans(codes, np.array(means, np.float32).reshape(-1, self._dimension))


def means_of_rows(rows: Iterable[tuple[str, bytes]], dimension: int) -> LanguageMeans:
    """Return the means of rows (language, mean as float32), as a store keeps them."""
    stored = list(rows)
    means = np.frombuffer(b"".join(mean for _, mean in stored), "<f4").reshape(-1, dimension)
    return LanguageMeans(tuple(code for code, _ in stored), means)


def sums_of_rows(rows: Iterable[tuple[str, int, bytes]], dimension: int) -> LanguageSums | None:
    """Return the sums of rows (language, passages, sum as float64).

    None if there are no rows, or if one is damaged.
    """
    sums = LanguageSums(dimension)
    for code, passages, value in rows:
        if len(value) != 8 * dimension:
            return None
        sums.sums[code] = np.frombuffer(value, "<f8").copy()
        sums.counts[code] = passages
    return sums if sums.counts else None
