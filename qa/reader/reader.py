"""Question + passages -> the spans that answer it, each with a confidence, or nothing.

The model scores tokens; this module chooses: the best pair of start and end within one sentence,
trimmed to whole words; the same answer from several passages counts for it; a question that asks
why or how gets the sentence, one for several things the clause. It does not retrieve and does not
know articles.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder.bundled import model_folder
from index.passage import sentences
from index.text.scripts import unspaced

from .calibration import Calibration, features
from .span_model import SpanModel, Window
from .span_rules import Extent, extent, grown, key, trimmed

WEIGHTS = Path(__file__).parent.parent / "weights" / "reader.safetensors"
CALIBRATION = WEIGHTS.with_name("calibration.json")
CANDIDATES = 5
# So many passages are read first, and no more if an answer is so certain. On 300 development
# questions exact match, F1 and refusals stayed the same to a tenth of a point, with 5.6 (English)
# and 6.6 (Chinese) passages read instead of ten.
FIRST, CERTAIN = 3, 0.75
# An answer's score is this much lower for each unit by which its passage was found less well than
# the best. On 1,200 development questions it gains 1 point of F1 and 1 to 2 of right citations,
# with 4 to 12 alike.
RETRIEVAL_PENALTY = 8.0
LONGEST_WORDS, LONGEST_CHARACTERS = 30, 60  # of an answer; characters where there are no spaces
WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of one of the passages that were read."""

    passage: int  # position in the list of passages
    start: int  # code points into that passage's text
    end: int
    score: float  # best span minus the null answer and BEHIND: comparable between passages
    confidence: float  # 0..1, the probability that the answer is right (F1 of 0.5 or more)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible answer, before its confidence is known."""

    passage: int
    start: int
    end: int
    text: str
    score: float
    lead: float = 0.0  # its score above that of the best other answer; negative below
    support: int = 0  # other, different passages that give the same answer


class Reader:
    """Chooses the answers of a span model. `threshold`: less confidence means "not here"."""

    def __init__(self, model: SpanModel, calibration: Calibration) -> None:
        self._model, self._calibration = model, calibration
        self.threshold = calibration.threshold

    @classmethod
    def load(cls, name: str | None = None, *, calibration: Calibration | None = None) -> "Reader":
        """Our reader, or the extractive model of Hugging Face with this name or folder.

        Raises ArchiveError when it cannot be loaded.
        """
        calibration = calibration or Calibration.load(CALIBRATION)
        if name is not None:
            return cls(SpanModel.from_hugging_face(name), calibration)
        return cls(SpanModel.load(WEIGHTS, model_folder()), calibration)

    def read(
        self, question: str, passages: Sequence[str], found: Sequence[float] = ()
    ) -> list[Span]:
        """The best answers, the most confident first; [] when there is no text.

        `passages` come best first: the rest is read only if the first few leave it in doubt.
        `found` has the retriever's score of each, if it is known.
        """
        spans: list[Span] = []
        read: list[Candidate] = []
        lost = _lost(passages, found)
        for part in (slice(0, FIRST), slice(FIRST, None)):
            if passages[part] and (not spans or spans[0].confidence < CERTAIN):
                read += self._read(question, passages, lost, part)
                spans = self._judged(_compared(read), passages)
        return spans

    def candidates(
        self, question: str, passages: Sequence[str], found: Sequence[float] = ()
    ) -> list[Candidate]:
        """The best answers of different wording, best score first, and what speaks for them."""
        read = self._read(question, passages, _lost(passages, found), slice(None))
        return _compared(list(read))

    def _read(
        self, question: str, passages: Sequence[str], lost: Sequence[float], part: slice
    ) -> Iterator[Candidate]:
        """The best of each sentence of a part of the passages."""
        asked = extent(question)
        numbers = range(len(passages))[part]
        for window in self._model.read(question, passages[part]):
            number = numbers[window.passage]
            for found in _best_of_sentences(window, passages[number], asked):
                yield replace(found, passage=number, score=found.score - lost[number])

    def _judged(self, chosen: Sequence[Candidate], passages: Sequence[str]) -> list[Span]:
        spans = []
        for found in chosen:
            confidence = self._calibration.confidence(
                self._calibration.language_of(passages[found.passage]),
                features(found.score, found.lead, found.support),
            )
            spans.append(Span(found.passage, found.start, found.end, found.score, confidence))
        return sorted(spans, key=lambda span: -span.confidence)


def _lost(passages: Sequence[str], found: Sequence[float]) -> list[float]:
    """By how much the answers of each passage score less."""
    best = max(found, default=0.0)
    return [RETRIEVAL_PENALTY * (best - score) for score in found] or [0.0] * len(passages)


def _compared(found: Sequence[Candidate]) -> list[Candidate]:
    ordered = sorted(found, key=lambda candidate: -candidate.score)
    chosen = _without_repeats(ordered)
    return [
        replace(candidate, lead=_lead(candidate, chosen), support=_support(candidate, ordered))
        for candidate in chosen
    ]


def _best_of_sentences(window: Window, text: str, asked: Extent) -> Iterator[Candidate]:
    """The best span of each sentence of a window, start and end chosen together."""
    starts, ends = window.offsets.T
    begins, finishes, longest = _lengths(text, starts, ends)
    for left, right in sentences(text):
        tokens = np.flatnonzero((starts < right) & (ends > left))
        if not tokens.size:
            continue
        length = finishes[None, tokens] - begins[tokens, None]
        allowed = np.triu(length <= longest)
        scores = window.start[tokens, None] + window.end[None, tokens]
        scores = np.where(allowed, scores, -np.inf)
        first, last = divmod(int(scores.argmax()), tokens.size)
        score = float(scores[first, last])
        if not np.isfinite(score):
            continue
        marked = max(left, int(starts[tokens[first]])), min(right, int(ends[tokens[last]]))
        start, end = trimmed(text, *marked, (left, right))
        start, end = grown(text, start, end, (left, right), asked)
        if start < end:
            yield Candidate(window.passage, start, end, text[start:end], score)


def _lengths(
    text: str, starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Where tokens begin and end, (tokens,), and the most that may lie between: in characters
    where there are no spaces, else in words."""
    if unspaced(text):
        return starts, ends, LONGEST_CHARACTERS
    words = np.searchsorted([m.start() for m in WORD.finditer(text)], ends)
    return words, words, LONGEST_WORDS - 1


def _without_repeats(found: Sequence[Candidate]) -> list[Candidate]:
    """The best few of different wording; `found` is sorted."""
    chosen: dict[str, Candidate] = {}
    for candidate in found:
        chosen.setdefault(key(candidate.text), candidate)
        if len(chosen) == CANDIDATES:
            break
    return list(chosen.values())


def _lead(candidate: Candidate, chosen: Sequence[Candidate]) -> float:
    others = [c.score for c in chosen if c is not candidate]
    return candidate.score - max(others) if others else candidate.score


def _support(candidate: Candidate, found: Sequence[Candidate]) -> int:
    """How many other passages give the same answer, each better than "not here" there."""
    same = {c.passage for c in found if c.score > 0 and key(c.text) == key(candidate.text)}
    return len(same - {candidate.passage})
