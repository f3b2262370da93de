"""Stand-ins with known behaviour: an encoder, a reader, an archive."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

import numpy as np

from index.text.terms import terms
from qa.reader.candidates import Candidate
from qa.reader.settings import Settings
from qa.reader.spans import Reading, Span

ROOT = Path(__file__).parent.parent.parent


class FakeEncoder:
    """Bags of hashed terms: texts that share terms are near, equal texts are equal."""

    name, revision, dimension = "fake", "1", 64

    def __init__(self) -> None:
        self.embedded: list[str] = []  # every passage that was ever embedded

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        self.embedded += texts
        return self.queries(texts)

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for term in terms(text):
                row[hashlib.blake2b(term.encode()).digest()[0] % self.dimension] += 1
            row[0] += 1e-3  # no term, no direction: still a unit vector
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


class FakeReader:
    """A reader whose answers are fixed words, wherever a passage holds them.

    The first word has the given confidence, each further one 0.01 less. With `alone`, each answer
    suffices without support, so that answers of several articles are compared.
    """

    threshold, settings = 0.5, Settings()

    def __init__(self, *words: str, confidence: float = 0.9, alone: bool = False) -> None:
        self.words, self.confidence, self.alone = words, confidence, alone
        self.texts: list[str] = []  # the passages of the latest call
        self.read_from: int | None = None  # the passage from which it read on

    def remembering(self) -> Self:
        return self

    def read(
        self, question: str, passages: Sequence[str], scores: Sequence[float] = ()
    ) -> list[Span]:
        return self.reading(question, passages, scores).spans

    def reading(
        self,
        question: str,
        passages: Sequence[str],
        scores: Sequence[float] = (),
        weigh: Callable[[list[Span]], list[Span]] = list,
    ) -> Reading:
        self.texts = list(passages)
        spans = weigh(self._spans(passages))
        spans.sort(key=lambda span: (span.confidence < self.threshold, -span.confidence))
        return Reading(spans, spans if self.alone else [], len(passages))

    def read_on(
        self, question: str, passages: Sequence[str], scores: object = (), start: int = 0
    ) -> list[Span]:
        self.read_from = start
        return [span for span in self._spans(passages) if span.passage >= start]

    def candidates_by_sentence(self, question: str, passages: Sequence[str]) -> list[Candidate]:
        self.texts += passages
        return [Candidate(s.passage, s.start, s.end, "", 9.0) for s in self._spans(passages)]

    def _spans(self, passages: Sequence[str]) -> list[Span]:
        return [
            Span(i, at, at + len(word), -rank, self.confidence - rank / 100)
            for rank, word in enumerate(self.words)
            for i, text in enumerate(passages)
            if (at := text.find(word)) >= 0
        ]
