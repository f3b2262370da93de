"""Let one question find passages in every language.

A multilingual encoder puts texts of one language near each other whatever they say, so that a
question finds passages in its own language first and others hardly ever. The remedy is to take away
what all passages of a language share, their mean vector (Libovický, Rosa, Fraser: "On the Language
Neutrality of Pre-trained Multilingual Representations", 2020): a passage p scores

    question . (p - mean of p's language)

What is taken away is the same for all passages of a language: in an archive of one language nothing
changes. To get it from one exact search, each vector is widened by a column for every language, 1
in its own and 0 in the others, and the question by minus what is to be taken away.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
PRIOR = 1.0  # passages of the whole archive's mean in each language's: one text is no language


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of an archive in the order of their columns; means is (n, dimension)."""

    codes: tuple[str, ...]
    means: Vectors

    @classmethod
    def of(cls, parts: Iterable[tuple[Vectors, Sequence[str]]], dimension: int) -> "Languages":
        """Means by language, of vectors, (n, dimension), and their n codes, given in parts."""
        sums: dict[str, NDArray[np.float64]] = defaultdict(lambda: np.zeros(dimension))
        counts: Counter[str] = Counter()
        for vectors, languages in parts:
            present = np.array(languages)
            for code in set(languages):
                sums[code] += vectors[present == code].sum(axis=0, dtype=np.float64)
            counts.update(languages)
        mean = sum(sums.values(), np.zeros(dimension)) / max(1, counts.total())
        codes = tuple(sorted(sums))
        means = [(sums[code] + PRIOR * mean) / (counts[code] + PRIOR) for code in codes]
        return cls(codes, np.array(means, np.float32).reshape(-1, dimension))

    def widen(self, vectors: Vectors, languages: Sequence[str]) -> Vectors:
        """Passages' vectors with their language's column: (n, dimension + languages)."""
        columns = np.array([[code == own for code in self.codes] for own in languages], np.float32)
        return np.hstack([vectors, columns])

    def question(self, vector: Vectors) -> Vectors:
        """A question's vector, (dimension,), with what is taken away: (dimension + languages,)."""
        return np.concatenate([vector, -(self.means @ vector)]).astype(np.float32)
