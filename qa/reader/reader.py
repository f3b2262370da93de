"""Question + passages -> the spans that answer it, each with a confidence, or nothing.

The span model scores tokens; this module chooses: the best pair of start and end within a
sentence, trimmed to whole words. An answer that several passages give gains confidence. A question
that asks why or how gets a whole sentence, one that asks for several things a clause. It does not
retrieve, and knows texts, not articles.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from index.encoder.bundled import model_folder

from .calibration import Calibration, features
from .candidates import Candidate, best_of_sentences, compare
from .span_model import SpanModel, Window
from .span_rules import extent

WEIGHTS = Path(__file__).parent.parent / "weights" / "reader.safetensors"
CALIBRATION = WEIGHTS.with_name("calibration.json")
# Reading stops after the first passages if their best answer has this confidence. On 300
# development questions exact match, F1 and refusals stayed the same to a tenth of a point, with 5.6
# (English) and 6.6 (Chinese) passages read instead of ten.
FIRST_PASSAGES, STOP_CONFIDENCE = 3, 0.75
# An answer's score drops by this for each unit by which its passage's retrieval score is below the
# best. On 1,200 development questions this gains 1 point of F1 and 1 to 2 of correct citations;
# any value from 4 to 12 does.
RETRIEVAL_PENALTY = 8.0


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of one of the passages given to the reader."""

    passage: int  # position in the list of passages
    start: int  # code points into that passage's text
    end: int
    score: (
        float  # best span minus the null answer and RETRIEVAL_PENALTY: comparable across passages
    )
    confidence: float  # 0..1, the probability that the answer is right (F1 of 0.5 or more)


class TokenScorer(Protocol):
    """What the reader requires of a span model."""

    def read(self, question: str, passages: Sequence[str]) -> list[Window]:
        """Score every passage, in order."""


class Reader:
    """Chooses answers by a span model's scores. Confidence below `threshold` means "not here"."""

    def __init__(self, model: TokenScorer, calibration: Calibration) -> None:
        self._model, self._calibration = model, calibration
        self.threshold = calibration.threshold

    @classmethod
    def load(cls, name: str | None = None, *, calibration: Calibration | None = None) -> "Reader":
        """Load the bundled reader, or the extractive Hugging Face model of this name or folder.

        Raises:
            ArchiveError: The model or the calibration cannot be loaded.
        """
        calibration = calibration or Calibration.load(CALIBRATION)
        if name is not None:
            return cls(SpanModel.from_hugging_face(name), calibration)
        return cls(SpanModel.load(WEIGHTS, model_folder()), calibration)

    def read(
        self, question: str, passages: Sequence[str], retrieval_scores: Sequence[float] = ()
    ) -> list[Span]:
        """Find the best answers, the most confident first; [] if the passages hold no text.

        Args:
            question: The question, of any length.
            passages: Best first: later ones are read only if the first few leave the answer in
                doubt.
            retrieval_scores: The retriever's score of each passage, if known.
        """
        spans: list[Span] = []
        candidates: list[Candidate] = []
        penalties = _penalties(passages, retrieval_scores)
        for part in (slice(0, FIRST_PASSAGES), slice(FIRST_PASSAGES, None)):
            if passages[part] and (not spans or spans[0].confidence < STOP_CONFIDENCE):
                candidates += self._read_part(question, passages, penalties, part)
                spans = self._with_confidence(compare(candidates), passages)
        return spans

    def candidates(
        self, question: str, passages: Sequence[str], retrieval_scores: Sequence[float] = ()
    ) -> list[Candidate]:
        """Find the best distinct answers in all passages, by score, without their confidence."""
        penalties = _penalties(passages, retrieval_scores)
        return compare(list(self._read_part(question, passages, penalties, slice(None))))

    def _read_part(
        self, question: str, passages: Sequence[str], penalties: Sequence[float], part: slice
    ) -> Iterator[Candidate]:
        """Yield the best candidate of each sentence in a part of the passages."""
        needed = extent(question)
        numbers = range(len(passages))[part]
        for window in self._model.read(question, passages[part]):
            number = numbers[window.passage]
            for candidate in best_of_sentences(window, passages[number], needed):
                yield replace(candidate, passage=number, score=candidate.score - penalties[number])

    def _with_confidence(
        self, candidates: Sequence[Candidate], passages: Sequence[str]
    ) -> list[Span]:
        spans = []
        for c in candidates:
            confidence = self._calibration.confidence(
                self._calibration.language_of(passages[c.passage]),
                features(c.score, c.lead, c.support),
            )
            spans.append(Span(c.passage, c.start, c.end, c.score, confidence))
        return sorted(spans, key=lambda span: -span.confidence)


def _penalties(passages: Sequence[str], retrieval_scores: Sequence[float]) -> list[float]:
    """How much to subtract from the answers of each passage."""
    best = max(retrieval_scores, default=0.0)
    penalties = [RETRIEVAL_PENALTY * (best - score) for score in retrieval_scores]
    return penalties or [0.0] * len(passages)
