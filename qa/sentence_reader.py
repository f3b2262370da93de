"""The answer selector of the first version: the sentence nearest to the question.

It knows nothing of what a question asks for; it stands behind the same seam as any other reader.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from index.encoder import Encoder
from index.passage import sentences

CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of one of the passages that were read."""

    passage: int  # position in the list of passages
    start: int  # code points into that passage's text
    end: int
    score: float  # comparable between passages, higher is better
    confidence: float  # 0..1


class SentenceReader:
    """Ranks the sentences of passages by the cosine of their vectors with the question's."""

    threshold = 0.5

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    def read(self, question: str, passages: Sequence[str]) -> list[Span]:
        """The best sentences, best first; `passages` are texts."""
        places = [(i, *span) for i, text in enumerate(passages) for span in sentences(text)]
        if not places:
            return []
        vectors = self.encoder.passages([passages[i][start:end] for i, start, end in places])
        cosines = vectors @ self.encoder.queries([question])[0]
        spans = [
            Span(i, start, end, float(c), 1 / (1 + math.exp(-40 * (float(c) - 0.84))))
            for (i, start, end), c in zip(places, cosines, strict=True)
        ]
        return sorted(spans, key=lambda span: -span.score)[:CANDIDATES]
