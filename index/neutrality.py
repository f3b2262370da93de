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

from collections.abc import Sequence
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
    def of(cls, vectors: Vectors, languages: Sequence[str]) -> "Languages":
        """Means of `vectors`, shape (n, dimension), by their `languages`, n codes."""
        codes = tuple(sorted(set(languages)))
        column = _columns(codes, languages)
        sums = np.zeros((len(codes), vectors.shape[1]), np.float64)
        np.add.at(sums, column, vectors)
        counts = np.bincount(column, minlength=len(codes))[:, None]
        mean = sums.sum(axis=0) / max(1, len(vectors))
        means = (sums + PRIOR * mean) / (counts + PRIOR)
        return cls(codes, means.astype(np.float32))

    def widen(self, vectors: Vectors, languages: Sequence[str]) -> Vectors:
        """Passages' vectors with their language's column: (n, dimension + languages)."""
        columns = np.zeros((len(vectors), len(self.codes)), np.float32)
        columns[np.arange(len(vectors)), _columns(self.codes, languages)] = 1
        return np.hstack([vectors, columns])

    def question(self, vector: Vectors) -> Vectors:
        """A question's vector, (dimension,), with what is taken away: (dimension + languages,)."""
        return np.concatenate([vector, -(self.means @ vector)]).astype(np.float32)


def _columns(codes: tuple[str, ...], languages: Sequence[str]) -> NDArray[np.int64]:
    place = {code: i for i, code in enumerate(codes)}
    return np.fromiter((place[code] for code in languages), np.int64, len(languages))
