"""Question + passages -> the spans that answer it, each with a confidence, or nothing.

The span model scores tokens; this module chooses: the best pair of start and end within a
sentence, trimmed to whole words. An answer that several passages give gains confidence. How much
text a question needs is told to the model by a mark, or left to rules that extend its answers: the
settings say which. It does not retrieve, and knows texts, not articles.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path

from index.encoder.bundled import model_folder

from .calibration import Calibration, features
from .candidates import Candidate, best_of_sentences, compare
from .guide import ask_for_clause
from .identity import FAST, file_digest, model_digest
from .remembering import Remembering, TokenScorer
from .settings import Settings
from .span_model import SpanModel
from .span_rules import Extent, extent
from .spans import Reading, Span, ranked, suffices

WEIGHTS = Path(__file__).parent.parent / "weights" / "reader.safetensors"
CALIBRATION = WEIGHTS.with_name("calibration.json")
FAST_WEIGHTS = WEIGHTS.parent / FAST / WEIGHTS.name  # six layers, with a calibration of their own


class Reader:
    """Chooses answers by a span model's scores. Confidence below `threshold` means "not here"."""

    def __init__(
        self,
        model: TokenScorer,
        calibration: Calibration,
        identify: Callable[[], str] = lambda: "",
    ) -> None:
        """Read by a model; `identify` returns what tells its weights from others."""
        self.model, self.calibration, self._identify = model, calibration, identify
        self.threshold, self.settings = calibration.threshold, calibration.settings

    @classmethod
    def load(cls, name: str | None = None, *, calibration: Calibration | None = None) -> "Reader":
        """Load a bundled reader, or the extractive Hugging Face model of this name or folder.

        Args:
            name: None is the default reader, FAST the smaller one.
            calibration: Instead of the reader's own. Other models get that of the default reader.

        Raises:
            ArchiveError: The model or the calibration cannot be loaded.
        """
        weights = FAST_WEIGHTS if name == FAST else WEIGHTS
        calibration = calibration or Calibration.load(weights.with_name(CALIBRATION.name))
        if name is not None and name != FAST:  # a model that does not know our mark
            calibration = replace(calibration, settings=Settings())
            return cls(SpanModel.from_hugging_face(name), calibration, partial(model_digest, name))
        model = SpanModel.load(weights, model_folder())
        return cls(model, calibration, partial(file_digest, weights))

    @cached_property
    def digest(self) -> str:
        """What identifies the weights and the calibration: 16 hexadecimal digits."""
        content = f"{self._identify()} {self.calibration!r}"
        return hashlib.blake2b(content.encode(), digest_size=8).hexdigest()

    @property
    def highest_threshold(self) -> float:
        """The highest of the thresholds of all languages."""
        return max([self.threshold, *self.calibration.thresholds.values()])

    def with_threshold(self, threshold: float) -> "Reader":
        """Return this reader with one threshold for all languages."""
        calibration = replace(self.calibration, threshold=threshold, thresholds={})
        return Reader(self.model, calibration, self._identify)

    def remembering(self) -> "Reader":
        """Return this reader such that reading the same passages again takes no time."""
        return Reader(Remembering(self.model), self.calibration, self._identify)

    def read(
        self, question: str, passages: Sequence[str], retrieval_scores: Sequence[float] = ()
    ) -> list[Span]:
        """Return the best answers of `reading`, the most confident first."""
        return self.reading(question, passages, retrieval_scores).spans

    def reading(
        self,
        question: str,
        passages: Sequence[str],
        retrieval_scores: Sequence[float] = (),
        weigh: Callable[[list[Span]], list[Span]] = list,
    ) -> Reading:
        """Find the best answers; there are none if the passages hold no text.

        Args:
            question: The question, of any length.
            passages: Best first: later ones are read only if the first few leave the answer in
                doubt.
            retrieval_scores: The retriever's score of each passage, if known.
            weigh: Changes confidences by what the reader does not know.
        """
        first = self.settings.first_passages
        passages = passages[: self.settings.top_k]
        penalties = self._penalties(passages, retrieval_scores)
        spans: list[Span] = []
        candidates: list[Candidate] = []
        read = 0
        for part in (slice(0, first), slice(first, None)):
            if passages[part] and (
                not spans or spans[0].confidence < self.settings.stop_confidence
            ):
                candidates += self._read_part(question, passages, penalties, part)
                found = self._with_confidence(question, compare(candidates), passages)
                spans = ranked(weigh(found), self.threshold)
                read += len(passages[part])
        return Reading(spans, self._sufficient(question, candidates, passages), read)

    def read_on(
        self,
        question: str,
        passages: Sequence[str],
        retrieval_scores: Sequence[float] = (),
        start: int = 0,
    ) -> list[Span]:
        """Read all passages from number `start` on, however many: `sentences` of a reading."""
        penalties = self._penalties(passages, retrieval_scores)
        candidates = list(self._read_part(question, passages, penalties, slice(start, None)))
        return self._sufficient(question, candidates, passages)

    def candidates(
        self, question: str, passages: Sequence[str], retrieval_scores: Sequence[float] = ()
    ) -> list[Candidate]:
        """Find the best distinct answers in all passages, by score, without their confidence."""
        passages = passages[: self.settings.top_k]
        penalties = self._penalties(passages, retrieval_scores)
        return compare(list(self._read_part(question, passages, penalties, slice(None))))

    def candidates_by_sentence(self, question: str, passages: Sequence[str]) -> list[Candidate]:
        """Find the best answer of each sentence, scored without regard to retrieval."""
        needed = extent(question)
        grow = self.settings.grow
        question = self.marked(question)
        if grow == "none" or (grow == "sentence" and needed is Extent.CLAUSE):
            needed = Extent.PHRASE
        return [
            candidate
            for window in self.model.read(question, passages)
            for candidate in best_of_sentences(window, passages[window.passage], needed)
        ]

    def marked(self, question: str) -> str:
        """Return the question as the model reads it, with a mark if it asks for a clause."""
        mark = self.settings.mark
        if mark == "clause" or (mark == "question" and extent(question) is not Extent.PHRASE):
            return ask_for_clause(question)
        return question

    def _read_part(
        self, question: str, passages: Sequence[str], penalties: Sequence[float], part: slice
    ) -> Iterator[Candidate]:
        """Yield the best candidate of each sentence in a part of the passages."""
        numbers = range(len(passages))[part]
        for c in self.candidates_by_sentence(question, passages[part]):
            number = numbers[c.passage]
            yield replace(c, passage=number, score=c.score - penalties[number])

    def _with_confidence(
        self, question: str, candidates: Sequence[Candidate], passages: Sequence[str]
    ) -> list[Span]:
        spans = []
        for c in candidates:
            key = self.calibration.key(question, passages[c.passage])
            confidence = self.calibration.confidence(key, features(c.score, c.lead, c.support))
            threshold = self.calibration.thresholds.get(key)
            spans.append(Span(c.passage, c.start, c.end, c.score, confidence, threshold))
        return spans

    def _sufficient(
        self, question: str, candidates: Sequence[Candidate], passages: Sequence[str]
    ) -> list[Span]:
        """The answers of single sentences that suffice alone, without lead or support, by score."""
        positive = sorted((c for c in candidates if c.score > 0), key=lambda c: -c.score)
        spans = ranked(self._with_confidence(question, positive, passages), self.threshold)
        return [span for span in spans if suffices(span, self.threshold)]

    def _penalties(self, passages: Sequence[str], retrieval_scores: Sequence[float]) -> list[float]:
        """How much to subtract from the answers of each passage."""
        best = max(retrieval_scores, default=0.0)
        penalty = self.settings.retrieval_penalty
        return [penalty * (best - score) for score in retrieval_scores] or [0.0] * len(passages)
