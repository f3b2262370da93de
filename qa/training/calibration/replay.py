"""Answer the questions of kept readings again: any settings and confidence, and no model."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qa.evaluation.measure import CORRECT_F1
from qa.evaluation.metrics import exact_match, f1
from qa.reader.calibration import Calibration, features
from qa.reader.candidates import Candidate
from qa.reader.reader import Reader
from qa.reader.span_model import Window

from .question_sets import Question
from .readings import Passage, Reading

# Whether the archive holds the answer, held it until the context was taken out, or never did, and
# then whether a rule or a person made the question.
Kind = Literal["here", "out", "near", "people"]


@dataclass(frozen=True, slots=True)
class Sample:
    """The best answer to a question as one archive gives it; scores are from 0 to 1."""

    question: Question
    kind: Kind
    passage: str  # the text that it is from
    features: tuple[float, ...]
    confidence: float
    answered: bool
    exact: float
    f1: float
    cited_right: bool  # whether it is from the question's context

    @property
    def correct(self) -> bool:
        """Whether the archive held the answer and the F1 is at least CORRECT_F1."""
        return self.kind == "here" and self.f1 >= CORRECT_F1


class Replay(Reader):
    """A reader that finds in each passage what was found when it was read."""

    def __init__(self, passages: Iterable[Passage], calibration: Calibration) -> None:
        """Take the passages of one question."""
        super().__init__(_NoModel(), calibration)
        self._found = {p.text: p.candidates for p in passages}

    def candidates_by_sentence(self, question: str, passages: Sequence[str]) -> list[Candidate]:
        """The best answer of each sentence, as it was kept."""
        return [
            replace(candidate, passage=number)
            for number, text in enumerate(passages)
            for candidate in self._found[text]
        ]


class _NoModel:
    def read(self, question: str, passages: Sequence[str]) -> list[Window]:
        raise NotImplementedError("a replay reads no passages")


def best_samples(readings: Iterable[Reading], calibration: Calibration) -> Iterator[Sample]:
    """Yield the best answer by score among all passages, from each archive of each question."""
    for reading, kind, passages, replay in _replays(readings, calibration):
        for best in replay.candidates(reading.question.text, *_inputs(passages))[:1]:
            values = features(best.score, best.lead, best.support)
            yield _sample(reading.question, kind, passages[best.passage], best.text, values)


def answered_samples(readings: Iterable[Reading], calibration: Calibration) -> Iterator[Sample]:
    """Yield the answer with the highest confidence, as the reader gives it when it is asked."""
    for reading, kind, passages, replay in _replays(readings, calibration):
        for best in replay.read(reading.question.text, *_inputs(passages))[:1]:
            passage = passages[best.passage]
            text = passage.text[best.start : best.end]
            answered = best.confidence >= (best.threshold or calibration.threshold)
            sample = _sample(reading.question, kind, passage, text, ())
            yield replace(sample, confidence=best.confidence, answered=answered)


def _replays(
    readings: Iterable[Reading], calibration: Calibration
) -> Iterator[tuple[Reading, Kind, list[Passage], Replay]]:
    """Yield each reading with each archive that its question is put to, and its reader."""
    for reading in readings:
        replay = Replay(reading.passages, calibration)
        for kind, passages in _archives(reading, calibration.settings.top_k):
            yield reading, kind, passages, replay


def _inputs(passages: Sequence[Passage]) -> tuple[list[str], list[float]]:
    return [p.text for p in passages], [p.retrieval_score for p in passages]


def _archives(reading: Reading, count: int) -> Iterator[tuple[Kind, list[Passage]]]:
    """Yield the passages that are read from each archive that the question is put to."""
    whole = [reading.passages[n] for n in reading.selected[count]]
    if not reading.question.answers:
        yield "near" if reading.question.by_rule else "people", whole
        return
    yield "here", whole
    yield "out", [reading.passages[n] for n in reading.withheld[count]]


def _sample(
    question: Question, kind: Kind, passage: Passage, text: str, values: tuple[float, ...]
) -> Sample:
    return Sample(
        question=question,
        kind=kind,
        passage=passage.text,
        features=values,
        confidence=0.0,
        answered=False,
        exact=exact_match(text, question.answers, question.language),
        f1=f1(text, question.answers, question.language),
        cited_right=passage.context == question.context,
    )
