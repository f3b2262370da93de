"""How alike two names are, by the encoder's vectors of their pieces, without running the encoder.

Names of countries lie near each other, and so do people, months or months' numbers: enough to
exchange like for like.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Vector = NDArray[np.float32]


class WordVectors:
    """Unit vectors of short texts: the means of their pieces' embeddings."""

    def __init__(self, tokenizer: Tokenizer, embeddings: NDArray[np.float32]) -> None:
        """Take the embeddings of the tokenizer's pieces, of shape (pieces, width)."""
        self._tokenizer, self._embeddings = tokenizer, embeddings
        self._mean = embeddings.mean(0)
        self._known: dict[str, Vector] = {}

    def similarities(self, text: str, others: Sequence[str]) -> list[float]:
        """Return the cosine of `text` with each of `others`."""
        own = self._vector(text)
        return [float(own @ self._vector(other)) for other in others]

    def _vector(self, text: str) -> Vector:
        if text not in self._known:
            ids = self._tokenizer.encode(text, add_special_tokens=False).ids
            vector = self._embeddings[ids].sum(0) - len(ids) * self._mean
            self._known[text] = vector / max(float(np.linalg.norm(vector)), 1e-6)
        return self._known[text]
