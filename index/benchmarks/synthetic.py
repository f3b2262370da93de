"""Synthetic articles and vectors, the same in every run, so that only the index is measured.

Words follow a Zipf distribution as in real texts, but the sentences mean nothing; vectors point in
random directions.
"""

import hashlib
import random
from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from index.encoder.sentence import Vectors

COMMON_WORDS = (
    "the of and to in a is that for it was on as with he be by at from his they this had not are "
    "but have were their which one all she there would her we said been has when who will more no "
    "if out so what up about into than its time only could new them some these two may first then "
    "any like now our over such most also made after before must through years where much your way"
)
SYLLABLES = [c + v for c in "bdfghklmnprstvw" for v in ("a", "e", "i", "o", "u", "er", "an", "ol")]
RARE_WORDS = 50_000
SENTENCES = 18  # in an article: about five passages of 128 tokens


class ArticleGenerator:
    """An endless supply of articles; the same seed gives the same ones."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)  # noqa: S311
        names = {"".join(self._random.choices(SYLLABLES, k=3)) for _ in range(2 * RARE_WORDS)}
        self._words = [*COMMON_WORDS.split(), *sorted(names)[:RARE_WORDS]]
        self._weights = list(accumulate(1 / rank for rank in range(1, len(self._words) + 1)))

    def article(self, sentences: int = SENTENCES) -> str:
        """Return a headline and paragraphs of five sentences."""
        body = [self._sentence() for _ in range(sentences)]
        paragraphs = [" ".join(body[i : i + 5]) for i in range(0, sentences, 5)]
        return "\n\n".join([self._sentence().rstrip("."), *paragraphs])

    def _sentence(self) -> str:
        count = self._random.randrange(6, 24)
        words = self._random.choices(self._words, cum_weights=self._weights, k=count)
        return f"{' '.join(words).capitalize()}."


class RandomEncoder:
    """Gives each text a random unit vector, at the cost of a hash; counts the passages embedded."""

    name, revision, dimension = "made-up", "1", 384

    def __init__(self) -> None:
        self.embedded = 0

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages: (texts, dimension)."""
        self.embedded += len(texts)
        return self.queries(texts)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Embed questions: (texts, dimension). Equal texts get equal vectors."""
        seeds = [int.from_bytes(hashlib.blake2b(text.encode()).digest()) for text in texts]
        values = np.array([np.random.PCG64(s).random_raw(self.dimension) for s in seeds])
        vectors = (values / 2**63 - 1).astype(np.float32).reshape(-1, self.dimension)
        lengths: Vectors = np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors / lengths
