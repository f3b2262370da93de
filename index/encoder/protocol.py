"""What the index requires of an encoder. Nothing here loads a model."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Maps texts to unit vectors, so that an inner product is a cosine.

    The index stores `name` and `revision` and rejects vectors of any other pair.
    """

    name: str
    revision: str  # changes whenever the vectors do

    @property
    def dimension(self) -> int:
        """Length of each vector."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Embed questions: unit vectors, float32 of shape (len(texts), dimension)."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages: unit vectors, float32 of shape (len(texts), dimension)."""
